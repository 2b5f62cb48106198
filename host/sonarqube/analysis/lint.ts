import { Linter } from 'eslint';
import { findRuleOfEslint, listRules } from '../rules/rule-table';
import type { Language, Rule } from '../rules/rule';
import { allowsComments, extensionOf } from './languages';
import { loadPlugins, loadTypeScriptParser } from './plugins';

/** One finding of ESLint. Lines are 1-based, columns are offsets from 0, as SonarQube's text ranges have them. */
export interface LintFinding {
  readonly rule: Rule;
  readonly message: string;
  readonly line: number;
  readonly endLine: number;
  readonly startColumn: number;
  readonly endColumn: number;
}

export type LintResult =
  | { readonly kind: 'linted'; readonly findings: readonly LintFinding[] }
  /** No way of reading the file worked; the reason is that of the likeliest one. */
  | { readonly kind: 'unreadable'; readonly reason: string; readonly line: number };

type Attempt = Pick<Linter.Config, 'language' | 'languageOptions'>;

/** Rules that read a test's assertions as expressions without effect. */
const OFF_IN_TESTS: ReadonlySet<string> = new Set([
  'no-unused-expressions',
  '@typescript-eslint/no-unused-expressions',
]);
const TEST_FILE = /(?:^|\/)(?:tests?|__tests__|specs?|e2e)\/|[.-](?:test|spec)\.[a-z]+$/u;

/** The ways in which a file may be meant, likeliest first: without its project's configuration only trying tells. */
async function listAttempts(path: string, language: Language): Promise<readonly Attempt[]> {
  if (language === 'json') {
    return [
      allowsComments(path)
        ? { language: 'json/jsonc', languageOptions: { allowTrailingCommas: true } }
        : { language: 'json/json' },
    ];
  }
  if (language === 'css') return [{ language: 'css/css' }];
  const jsx = { ecmaFeatures: { jsx: true } };
  const typescript = async (): Promise<Attempt> => ({
    languageOptions: {
      parser: await loadTypeScriptParser(),
      parserOptions: {
        // Plain TypeScript reads `<T>x` as a cast, so only its own JSX files have JSX.
        ecmaFeatures: { jsx: !/\.[mc]?ts$/u.test(path) },
        warnOnUnsupportedTypeScriptVersion: false,
      },
    },
  });
  if (language === 'ts') return [await typescript()];
  const moduleFirst: readonly Attempt[] = [
    { languageOptions: { sourceType: 'module', parserOptions: jsx } },
    { languageOptions: { sourceType: 'commonjs', parserOptions: jsx } },
  ];
  const plain = extensionOf(path) === 'cjs' ? moduleFirst.toReversed() : moduleFirst;
  // Decorators and type annotations of other dialects are read by the more lenient parser.
  return [...plain, await typescript()];
}

async function buildConfig(path: string, language: Language, text: string): Promise<Linter.Config> {
  const plugins = await loadPlugins(language, text);
  const isTest = TEST_FILE.test(path);
  const rules: Record<string, Linter.RuleEntry> = {};
  for (const rule of listRules(language)) {
    const name = rule.eslintName ?? '';
    const [plugin = '', ruleOfPlugin] = splitName(name);
    if (ruleOfPlugin !== undefined && !(plugin in plugins)) continue;
    if (isTest && OFF_IN_TESTS.has(name)) continue;
    rules[name] = ['error', ...rule.options];
  }
  return { files: ['**'], plugins: plugins as NonNullable<Linter.Config['plugins']>, rules };
}

function splitName(name: string): readonly [plugin?: string, rule?: string] {
  const slash = name.lastIndexOf('/');
  return slash < 0 ? [] : [name.slice(0, slash), name.slice(slash + 1)];
}

/**
 * Lints one text with rules of our own. Nothing of the analysed repository has a say: no configuration file is looked
 * for, and comments that configure or disable rules are not obeyed.
 * @throws Error when a rule fails on the text.
 */
export async function lintText(
  path: string,
  language: Language,
  text: string,
): Promise<LintResult> {
  const config = await buildConfig(path, language, text);
  let failure: LintResult | undefined;
  for (const attempt of await listAttempts(path, language)) {
    const messages = new Linter({ configType: 'flat', cwd: '/' }).verify(
      text,
      [{ ...config, ...attempt }],
      // The real name stays out: it may hold anything, and rules may read what they find beside it.
      { filename: `/analysed.${extensionOf(path)}`, allowInlineConfig: false },
    );
    const fatal = messages.find((message) => message.fatal === true);
    if (!fatal) return { kind: 'linted', findings: dropRepeats(messages.flatMap(toFinding)) };
    failure ??= {
      kind: 'unreadable',
      reason: `line ${fatal.line}: ${fatal.message.replace(/^Parsing error: /u, '')}`,
      line: fatal.line,
    };
  }
  return failure ?? { kind: 'unreadable', reason: 'no analyser reads it', line: 1 };
}

/** A reviewer judges a sensitive place once, however many parts of it the rule names. */
function dropRepeats(findings: readonly LintFinding[]): readonly LintFinding[] {
  const seen = new Set<string>();
  return findings.filter(({ rule, line }) => {
    if (rule.kind !== 'SECURITY_HOTSPOT') return true;
    const place = `${rule.key}:${line}`;
    const isFirst = !seen.has(place);
    seen.add(place);
    return isFirst;
  });
}

function toFinding(message: Linter.LintMessage): readonly LintFinding[] {
  const rule = message.ruleId === null ? undefined : findRuleOfEslint(message.ruleId);
  if (!rule) return [];
  const endLine = message.endLine ?? message.line;
  return [
    {
      rule,
      message: message.message,
      line: message.line,
      endLine,
      startColumn: message.column - 1,
      endColumn: (message.endColumn ?? message.column + 1) - 1,
    },
  ];
}
