import * as z from 'zod/mini';
import { typedText } from './claims';
import { procedure } from './procedure';

/** Settings that are inherited: workspace < Bitbucket project < repository. Each one has an effect today. */
export const SettingValues = z.strictObject({
  /** The card on pull requests. */
  showCard: z.boolean(),
  /** The panel on pull requests. */
  showPanel: z.boolean(),
  /** The list of new issues inside the panel. */
  showIssues: z.boolean(),
  /** An analysis whose commit is not reported never counts for the head. */
  insistOnCommit: z.boolean(),
  /** Writes the binding to the server too, where its edition offers that. */
  writeServerBinding: z.boolean(),
});
export type SettingValues = z.infer<typeof SettingValues>;
export type SettingName = keyof SettingValues;

export const SettingName = z.enum([
  'showCard',
  'showPanel',
  'showIssues',
  'insistOnCommit',
  'writeServerBinding',
]);

export const SettingLevel = z.enum(['default', 'workspace', 'project', 'repository']);
export type SettingLevel = z.infer<typeof SettingLevel>;

/** A setting as it holds for one place, and why. */
export const ResolvedSetting = z.strictObject({
  name: SettingName,
  value: z.boolean(),
  /** The level that gives the value. */
  from: SettingLevel,
  /** The level that locks it; absent when this place may override it. */
  lockedBy: z.optional(SettingLevel),
  /** What holds here when nothing is overridden here. */
  inherited: z.boolean(),
});
export type ResolvedSetting = z.infer<typeof ResolvedSetting>;

/** What one level says: absent values are inherited; locks bind the levels below. */
export const LevelSettings = z.strictObject({
  values: z.partial(SettingValues),
  locks: z.array(SettingName),
});
export type LevelSettings = z.infer<typeof LevelSettings>;

export const SettingsView = z.strictObject({
  sequence: z.int(),
  own: LevelSettings,
  resolved: z.array(ResolvedSetting),
});
export type SettingsView = z.infer<typeof SettingsView>;

/** `sequence` is the one that the page saw, so that of two admins the second hears of a conflict. */
export const SettingsChange = z.strictObject({ sequence: z.int(), own: LevelSettings });

export const BitbucketProject = z.strictObject({
  uuid: z.string(),
  key: z.string(),
  name: z.string(),
});
export type BitbucketProject = z.infer<typeof BitbucketProject>;

const ProjectUuid = typedText(40);

export const settingsProcedures = {
  'settings.workspace': procedure('workspaceOwner', 'read', z.strictObject({}), SettingsView),
  'settings.saveWorkspace': procedure('workspaceOwner', 'write', SettingsChange, SettingsView),
  /** Bitbucket's projects, to choose one, 50 a page. */
  'settings.projects': procedure(
    'workspaceOwner',
    'read',
    z.strictObject({ page: z.int().check(z.positive()) }),
    z.strictObject({ projects: z.array(BitbucketProject), hasMore: z.boolean() }),
  ),
  'settings.project': procedure(
    'workspaceOwner',
    'read',
    z.strictObject({ projectUuid: ProjectUuid }),
    SettingsView,
  ),
  'settings.saveProject': procedure(
    'workspaceOwner',
    'write',
    z.extend(SettingsChange, { projectUuid: ProjectUuid }),
    SettingsView,
  ),
} as const;
