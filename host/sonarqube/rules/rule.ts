export type RuleKind = 'BUG' | 'VULNERABILITY' | 'CODE_SMELL' | 'SECURITY_HOTSPOT';
export type RuleSeverity = 'BLOCKER' | 'CRITICAL' | 'MAJOR' | 'MINOR' | 'INFO';
export type Language = 'js' | 'ts' | 'json' | 'css';

/** What a hotspot tells its reviewer besides its message; the words are SonarQube's. */
export interface HotspotProfile {
  readonly securityCategory: string;
  readonly vulnerabilityProbability: 'HIGH' | 'MEDIUM' | 'LOW';
}

/** One rule of the analysis: what it is called in the Web API, what it means, and how ESLint runs it. */
export interface Rule {
  /** `repository:name`, as issues name it. */
  readonly key: string;
  /** The name by which ESLint knows it, such as `regexp/no-lazy-ends`; absent for rules that the analysis raises itself. */
  readonly eslintName?: string;
  readonly kind: RuleKind;
  readonly severity: RuleSeverity;
  readonly languages: readonly Language[];
  readonly options: readonly unknown[];
  readonly hotspot?: HotspotProfile;
}

/** A line of a rule table: name, kind, severity, and the rule's options where they matter. */
export type RuleLine = readonly [
  name: string,
  kind: Exclude<RuleKind, 'SECURITY_HOTSPOT'>,
  severity: RuleSeverity,
  ...options: unknown[],
];

/** A line of a hotspot table: name, severity, category and probability. */
export type HotspotLine = readonly [
  name: string,
  severity: RuleSeverity,
  securityCategory: string,
  vulnerabilityProbability: HotspotProfile['vulnerabilityProbability'],
  ...options: unknown[],
];

/** Where the rules of one table come from. `namespace` is the plugin's prefix in ESLint, empty for the core. */
export interface RuleSource {
  readonly repository: string;
  readonly namespace: string;
  readonly languages: readonly Language[];
}

function eslintName({ namespace }: RuleSource, name: string): string {
  return namespace === '' ? name : `${namespace}/${name}`;
}

/** Turns a table of rules into rules. */
export function toRules(source: RuleSource, lines: readonly RuleLine[]): readonly Rule[] {
  return lines.map(([name, kind, severity, ...options]) => ({
    key: `${source.repository}:${name}`,
    eslintName: eslintName(source, name),
    kind,
    severity,
    languages: source.languages,
    options,
  }));
}

/** Turns a table of hotspots into rules. */
export function toHotspots(source: RuleSource, lines: readonly HotspotLine[]): readonly Rule[] {
  return lines.map(([name, severity, securityCategory, vulnerabilityProbability, ...options]) => ({
    key: `${source.repository}:${name}`,
    eslintName: eslintName(source, name),
    kind: 'SECURITY_HOTSPOT',
    severity,
    languages: source.languages,
    options,
    hotspot: { securityCategory, vulnerabilityProbability },
  }));
}
