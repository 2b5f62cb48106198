import * as z from 'zod/mini';
import { RepositoryClaim, typedText } from './claims';
import { OperationView } from './operations';
import { procedure } from './procedure';

/** At most so many repositories are named one by one; more are chosen by a filter. */
export const mostNamedRepositories = 1_000;
/** Repositories that an import works on at once. */
export const mostParallel = 8;
export const usualParallel = 4;

const PlainUuid = z.string().check(z.regex(/^[0-9a-f-]{36}$/));
const NamedRepositories = z.array(PlainUuid).check(z.maxLength(mostNamedRepositories));

/** Which repositories an import is about: a filter stands for all that match it when the plan is made. */
export const ImportSelection = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('matching'), query: typedText(200), except: NamedRepositories }),
  z.strictObject({
    kind: z.literal('named'),
    repositoryUuids: NamedRepositories.check(z.minLength(1)),
  }),
]);
export type ImportSelection = z.infer<typeof ImportSelection>;

/** What the server compares with to tell new code; `server` leaves it to the server. */
export const NewCode = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('server') }),
  z.strictObject({ kind: z.literal('previousVersion') }),
  z.strictObject({ kind: z.literal('days'), days: z.int().check(z.minimum(1), z.maximum(90)) }),
]);
export type NewCode = z.infer<typeof NewCode>;

export const ImportOptions = z.strictObject({
  /** Beginning of every project key; the slug of the repository follows. */
  keyPrefix: typedText(200),
  /** Projects of public repositories are public too; those of private ones never are. */
  publicStaysPublic: z.boolean(),
  includesForks: z.boolean(),
  /** Empty repositories are bound and wait for their first analysis. */
  includesEmpty: z.boolean(),
  newCode: NewCode,
  /** Repositories at once. */
  parallel: z.int().check(z.minimum(1), z.maximum(mostParallel)),
});
export type ImportOptions = z.infer<typeof ImportOptions>;

/** A repository that can be chosen. The UUID is without braces. */
export const ImportableRepository = z.strictObject({
  repositoryUuid: z.string(),
  name: z.string(),
  slug: z.string(),
  isPrivate: z.boolean(),
  isEmpty: z.boolean(),
  isFork: z.boolean(),
  /** Keys of the projects that it is bound to; then it is not imported again. */
  boundTo: z.array(z.string()),
});
export type ImportableRepository = z.infer<typeof ImportableRepository>;

export const ImportItemState = z.enum([
  'pending',
  'working',
  'done',
  'skipped',
  'conflict',
  'failed',
]);
export type ImportItemState = z.infer<typeof ImportItemState>;

/** Why an item was passed over, waits for a decision or failed. */
export const ImportReason = z.enum([
  'alreadyBound',
  'empty',
  'fork',
  'chosen',
  'keyTaken',
  'keyClaimed',
  'publicProject',
  'repositoryGone',
  'projectGone',
  'noPermission',
  'refused',
  'takenBack',
]);
export type ImportReason = z.infer<typeof ImportReason>;

/** One repository of an import run, with what is done for it and how far that is. */
export const ImportItem = z.strictObject({
  repositoryUuid: z.string(),
  name: z.string(),
  slug: z.string(),
  isPrivate: z.boolean(),
  mainBranch: z.optional(z.string()),
  /** Of the git repository; absent where Bitbucket does not tell. */
  sizeBytes: z.optional(z.number()),
  projectKey: z.string(),
  /** A project is made, or the one with this key is used. */
  action: z.enum(['create', 'adopt']),
  state: ImportItemState,
  /** The step that is under way, or was when it failed. */
  step: z.optional(z.enum(['creating', 'binding', 'recording'])),
  reason: z.optional(ImportReason),
  /** A sentence about the reason, with what to do. */
  message: z.optional(z.string()),
  /** Something that went on without, such as the server's own record. */
  warning: z.optional(z.string()),
  doneAt: z.optional(z.string()),
});
export type ImportItem = z.infer<typeof ImportItem>;

/** How many items are in each state; together they are all of them. */
export const ImportCounts = z.strictObject({
  pending: z.number(),
  working: z.number(),
  done: z.number(),
  skipped: z.number(),
  conflict: z.number(),
  failed: z.number(),
});
export type ImportCounts = z.infer<typeof ImportCounts>;

/** What the server reports of its plan beside what the import would add; what is not reported is absent, never 0. */
export const ImportUsage = z.strictObject({
  plan: z.optional(z.string()),
  lines: z.optional(z.number()),
  limit: z.optional(z.number()),
  /** Estimated from the sizes of the repositories; absent where Bitbucket told none. */
  addedLines: z.optional(z.number()),
  /** `lines` and `addedLines` together. */
  projectedLines: z.optional(z.number()),
  /** Repositories whose size is not known, and which the estimate leaves out. */
  unknownSizes: z.number(),
  isOverLimit: z.boolean(),
  /** Why the server could not be asked. */
  problem: z.optional(z.string()),
});
export type ImportUsage = z.infer<typeof ImportUsage>;

export const ImportRunView = z.strictObject({
  runId: z.string(),
  connectionId: z.string(),
  connectionName: z.string(),
  state: z.enum(['planning', 'ready', 'importing', 'ended']),
  /** How it ended: with every item done or skipped, or not. */
  outcome: z.optional(z.enum(['completed', 'completedWithErrors'])),
  selection: ImportSelection,
  options: ImportOptions,
  counts: ImportCounts,
  total: z.number(),
  /** Parts that the items are kept in. */
  pages: z.number(),
  usage: z.optional(ImportUsage),
  /** What is good to know before it starts, in sentences. */
  notices: z.array(z.string()),
  startedAt: z.string(),
  /** Account id. */
  startedBy: z.string(),
  endedAt: z.optional(z.string()),
  /** Projects bound in a minute, and minutes to go at that rate; only while it runs. */
  perMinute: z.optional(z.number()),
  minutesLeft: z.optional(z.number()),
  /** The work in the queue, where there is some. */
  operation: z.optional(OperationView),
});
export type ImportRunView = z.infer<typeof ImportRunView>;

/** What an import does with a part of a repository, and how. */
export const ImportContent = z.strictObject({
  what: z.string(),
  treatment: z.enum(['copied', 'linked', 'stays', 'notAvailable']),
  how: z.string(),
  /** The wish of a new project that carries it, where it is copied. */
  field: z.optional(z.enum(['projectKey', 'name', 'visibility', 'mainBranch'])),
});
export type ImportContent = z.infer<typeof ImportContent>;

/** What to do with an item that waits for a decision. */
export const ImportDecision = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('adopt') }),
  z.strictObject({ kind: z.literal('skip') }),
  z.strictObject({ kind: z.literal('create'), projectKey: typedText(400) }),
]);
export type ImportDecision = z.infer<typeof ImportDecision>;

const RunInput = z.strictObject({ runId: z.string() });
const RunOutput = z.strictObject({ run: ImportRunView });
const ItemPlace = z.extend(RepositoryClaim, { page: z.int().check(z.minimum(0)) });

export const importProcedures = {
  /** Repositories of the workspace by name, 50 a page. */
  'import.repositories': procedure(
    'workspaceOwner',
    'read',
    z.strictObject({ query: typedText(200), page: z.int().check(z.positive(), z.maximum(1_000)) }),
    z.strictObject({
      repositories: z.array(ImportableRepository),
      /** Absent where Bitbucket does not count. */
      total: z.optional(z.number()),
      hasMore: z.boolean(),
    }),
  ),
  /** The newest runs, at most ten. */
  'import.runs': procedure(
    'workspaceOwner',
    'read',
    z.strictObject({}),
    z.strictObject({
      runs: z.array(ImportRunView),
      /** Beginning of project keys, from the slug of the workspace; absent when Bitbucket does not answer. */
      suggestedPrefix: z.optional(z.string()),
      /** What comes along, and what does not and why. */
      contents: z.array(ImportContent),
      limits: z.strictObject({
        mostNamed: z.number(),
        mostParallel: z.number(),
        usualParallel: z.number(),
      }),
    }),
  ),
  'import.view': procedure('workspaceOwner', 'read', RunInput, RunOutput),
  /** Lists what would be done, in the queue; nothing is changed anywhere by it. */
  'import.plan': procedure(
    'workspaceOwner',
    'write',
    z.strictObject({
      connectionId: z.string(),
      selection: ImportSelection,
      options: ImportOptions,
    }),
    RunOutput,
  ),
  /** Items of a run from one part on, in one state or all; `nextPage` where the next ones are. */
  'import.items': procedure(
    'workspaceOwner',
    'read',
    z.extend(RunInput, {
      page: z.int().check(z.minimum(0)),
      state: z.optional(ImportItemState),
    }),
    z.strictObject({
      page: z.number(),
      items: z.array(ImportItem),
      nextPage: z.optional(z.number()),
    }),
  ),
  /** Decides about one item, before the start or after a conflict. */
  'import.decide': procedure(
    'workspaceOwner',
    'write',
    z.extend(ItemPlace, { runId: z.string(), decision: ImportDecision }),
    z.strictObject({ run: ImportRunView, item: ImportItem }),
  ),
  /** Decides about every item that waits for a decision. */
  'import.decideAll': procedure(
    'workspaceOwner',
    'write',
    z.extend(RunInput, { choice: z.enum(['adopt', 'skip']) }),
    RunOutput,
  ),
  /** Starts what was planned. `acceptsOverLimit`: the person was told that the plan's limit would be passed. */
  'import.start': procedure(
    'workspaceOwner',
    'write',
    z.extend(RunInput, { acceptsOverLimit: z.boolean() }),
    RunOutput,
  ),
  /** Tries failed items again: one of them, or all. What is done is never touched. */
  'import.retry': procedure(
    'workspaceOwner',
    'write',
    z.extend(RunInput, { item: z.optional(ItemPlace) }),
    RunOutput,
  ),
  /** Unbinds, in the queue, what the import bound and nobody bound since; projects stay on the server. */
  'import.undo': procedure('workspaceOwner', 'write', RunInput, RunOutput),
  /** Takes a plan back that was not started. */
  'import.discard': procedure('workspaceOwner', 'write', RunInput, z.strictObject({})),
  /** One part of the report, as text to append to a file; the first part of a CSV has the headings. */
  'import.export': procedure(
    'workspaceOwner',
    'read',
    z.extend(RunInput, { format: z.enum(['csv', 'json']), page: z.int().check(z.minimum(0)) }),
    z.strictObject({ text: z.string(), nextPage: z.optional(z.number()) }),
  ),
} as const;
