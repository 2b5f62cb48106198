import * as z from 'zod/mini';
import { RepositoryClaim, typedText } from './claims';
import { procedure } from './procedure';

/** What the merge check does in a state that is not `passed`. */
export const CauseMode = z.enum(['block', 'pass']);
/** What a failed condition of a family does to a merge. */
export const FamilyMode = z.enum(['block', 'warn', 'ignore']);
const Switch = z.enum(['on', 'off']);

/** How a pull request is treated by the branch that it is to be merged into. */
export const BranchTreatment = z.enum([
  /** Shown, published and checked. */
  'gated',
  /** Shown and published; the merge check passes. */
  'decorated',
  /** Nothing is published and the merge check passes. */
  'ignored',
]);
export type BranchTreatment = z.infer<typeof BranchTreatment>;

/** A glob of branch names; the first rule that matches decides. */
export const BranchRule = z.strictObject({
  pattern: typedText(250).check(z.minLength(1)),
  treatment: BranchTreatment,
});
export type BranchRule = z.infer<typeof BranchRule>;
const BranchRules = z.array(BranchRule).check(z.maxLength(50));

/** Settings that are inherited: workspace < Bitbucket project < repository. */
export const SettingValues = z.strictObject({
  whenFailed: CauseMode,
  whenPending: CauseMode,
  whenOutdated: CauseMode,
  whenNotAnalysed: CauseMode,
  whenNotComputed: CauseMode,
  whenUnreachable: CauseMode,
  whenNotSupported: CauseMode,
  whenUnbound: CauseMode,
  securityConditions: FamilyMode,
  reliabilityConditions: FamilyMode,
  maintainabilityConditions: FamilyMode,
  issueConditions: FamilyMode,
  coverageConditions: FamilyMode,
  duplicationConditions: FamilyMode,
  otherConditions: FamilyMode,
  /** An analysis whose commit is not reported never counts for the head. */
  insistOnCommit: Switch,
  card: Switch,
  panel: Switch,
  report: Switch,
  annotations: Switch,
  /** `reportOnly` is always successful, so that it is never one more obstacle. */
  buildStatus: z.enum(['off', 'verdict', 'reportOnly']),
  branchRules: BranchRules,
});
export type SettingValues = z.infer<typeof SettingValues>;
export type SettingName = keyof SettingValues;

export const SettingName = z.keyof(SettingValues);
export const SettingLevel = z.enum(['default', 'workspace', 'project', 'repository']);
export type SettingLevel = z.infer<typeof SettingLevel>;

const SettingValue = z.union([z.string(), BranchRules]);

/** A setting as it holds for one place, and why. */
export const ResolvedSetting = z.strictObject({
  name: SettingName,
  value: SettingValue,
  /** The level that gives the value. */
  from: SettingLevel,
  /** The level above that locks it; absent when this place may change it. */
  lockedBy: z.optional(SettingLevel),
  /** What holds here when this place says nothing, and where that comes from. */
  inherited: z.strictObject({ value: SettingValue, from: SettingLevel }),
});
export type ResolvedSetting = z.infer<typeof ResolvedSetting>;

/** What one level says: absent values are inherited; locks bind the levels below. */
export const LevelSettings = z.strictObject({
  values: z.partial(SettingValues),
  locks: z.array(SettingName).check(z.maxLength(50)),
});
export type LevelSettings = z.infer<typeof LevelSettings>;

export const SettingsView = z.strictObject({
  /** Of this level's record; 0 while there is none. */
  sequence: z.int(),
  own: LevelSettings,
  resolved: z.array(ResolvedSetting),
});
export type SettingsView = z.infer<typeof SettingsView>;

/** When Bitbucket last ran the merge check, which no call tells, and how many pushes to pull requests came since. */
export const MergeCheckRun = z.strictObject({ at: z.optional(z.string()), missed: z.number() });

/** `sequence` is the one that the page saw, so that of two admins the second hears of a conflict. */
export const SettingsChange = z.strictObject({ sequence: z.int(), own: LevelSettings });

export const BitbucketProject = z.strictObject({
  projectUuid: z.string(),
  key: z.string(),
  name: z.string(),
});
export type BitbucketProject = z.infer<typeof BitbucketProject>;

const ProjectClaim = z.strictObject({ projectUuid: typedText(40), projectName: typedText(300) });

export const settingsProcedures = {
  'settings.workspace': procedure('workspaceOwner', 'read', z.strictObject({}), SettingsView),
  'settings.saveWorkspace': procedure('workspaceOwner', 'write', SettingsChange, SettingsView),
  /** The projects of Bitbucket, 50 a page; the first page is 1. */
  'settings.projects': procedure(
    'workspaceOwner',
    'read',
    z.strictObject({ page: z.int().check(z.positive(), z.maximum(1000)) }),
    z.strictObject({ projects: z.array(BitbucketProject), hasMore: z.boolean() }),
  ),
  'settings.project': procedure(
    'workspaceOwner',
    'read',
    z.strictObject({ projectUuid: typedText(40) }),
    SettingsView,
  ),
  'settings.saveProject': procedure(
    'workspaceOwner',
    'write',
    z.extend(SettingsChange, ProjectClaim.shape),
    SettingsView,
  ),
  /** Which rule decides for a branch; without one the branch is gated. */
  'settings.testBranch': procedure(
    'workspaceOwner',
    'read',
    z.strictObject({ branch: typedText(250), rules: BranchRules }),
    z.strictObject({ treatment: BranchTreatment, rule: z.optional(z.int()) }),
  ),
} as const;

export const repositorySettingsProcedures = {
  'repository.settings': procedure(
    'repositoryAdmin',
    'read',
    RepositoryClaim,
    z.extend(SettingsView, { mergeCheckRun: MergeCheckRun }),
  ),
  'repository.saveSettings': procedure(
    'repositoryAdmin',
    'write',
    z.extend(RepositoryClaim, SettingsChange.shape),
    z.extend(SettingsView, { mergeCheckRun: MergeCheckRun }),
  ),
  'repository.testBranch': procedure(
    'repositoryAdmin',
    'read',
    z.extend(RepositoryClaim, { branch: typedText(250), rules: BranchRules }),
    z.strictObject({ treatment: BranchTreatment, rule: z.optional(z.int()) }),
  ),
} as const;
