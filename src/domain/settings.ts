import {
  SettingValues,
  type LevelSettings,
  type ResolvedSetting,
  type SettingLevel,
  type SettingName,
} from '../contracts/settings';

/** What holds where nobody said anything (design.md section 3). */
export const defaultSettings: SettingValues = {
  whenFailed: 'block',
  whenPending: 'block',
  whenOutdated: 'block',
  whenNotAnalysed: 'block',
  whenNotComputed: 'block',
  whenUnreachable: 'block',
  whenNotSupported: 'block',
  whenUnbound: 'pass',
  securityConditions: 'block',
  reliabilityConditions: 'block',
  maintainabilityConditions: 'block',
  issueConditions: 'block',
  coverageConditions: 'block',
  duplicationConditions: 'block',
  otherConditions: 'block',
  insistOnCommit: 'off',
  card: 'on',
  panel: 'on',
  report: 'on',
  annotations: 'on',
  buildStatus: 'off',
  branchRules: [],
};

const names = Object.keys(defaultSettings) as SettingName[];

/** A level's word, from the widest to the narrowest. */
export interface Level {
  readonly level: Exclude<SettingLevel, 'default'>;
  readonly settings: LevelSettings;
}

export const nothingSaid: LevelSettings = { values: {}, locks: [] };

/**
 * Each setting as it holds at the last of these levels: the narrower level wins, unless a wider one has locked the
 * setting, whose value of that moment then stays.
 */
export function resolveSettings(levels: readonly Level[]): ResolvedSetting[] {
  return names.map((name) => resolve(name, levels));
}

function resolve(name: SettingName, levels: readonly Level[]): ResolvedSetting {
  let current: Pick<ResolvedSetting, 'value' | 'from'> = {
    value: defaultSettings[name],
    from: 'default',
  };
  let inherited = current;
  let lockedBy: SettingLevel | undefined;
  for (const { level, settings } of levels) {
    inherited = current;
    const value = settings.values[name];
    if (lockedBy === undefined && value !== undefined) current = { value, from: level };
    const isLast = level === levels.at(-1)?.level;
    if (!isLast && lockedBy === undefined && settings.locks.includes(name)) lockedBy = level;
  }
  return {
    name,
    ...current,
    ...(lockedBy !== undefined && { lockedBy }),
    inherited,
  };
}

/** The values alone. */
export function toValues(resolved: readonly ResolvedSetting[]): SettingValues {
  return SettingValues.parse(Object.fromEntries(resolved.map(({ name, value }) => [name, value])));
}

/** Settings that a level may not say anything about, as a wider one has locked them. */
export function lockedNames(
  { values }: LevelSettings,
  resolved: readonly ResolvedSetting[],
): SettingName[] {
  return resolved.flatMap(({ name, lockedBy }) =>
    lockedBy !== undefined && values[name] !== undefined ? [name] : [],
  );
}
