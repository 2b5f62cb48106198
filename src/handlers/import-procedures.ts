import {
  mostNamedRepositories,
  mostParallel,
  usualParallel,
  type importProcedures,
  type ImportDecision,
  type ImportItem,
} from '../contracts/imports';
import type { ChangeDraft } from '../domain/change';
import { withoutBraces } from '../domain/identifiers';
import { importContents } from '../domain/import/contents';
import type { ImportRun } from '../domain/import/run';
import type { DecideImport } from '../usecases/imports/decide-import';
import type { ListImportable, SuggestPrefix } from '../usecases/imports/list-importable';
import type { PlanImport } from '../usecases/imports/plan-import';
import type { StartImport } from '../usecases/imports/start-import';
import type { ViewImports } from '../usecases/imports/view-imports';
import type { Implementations } from './procedure-resolver';

export interface ImportProceduresOptions {
  readonly listImportable: ListImportable;
  readonly suggestPrefix: SuggestPrefix;
  readonly planImport: PlanImport;
  readonly viewImports: ViewImports;
  readonly decideImport: DecideImport;
  readonly startImport: StartImport;
}

/** The procedures about importing many repositories. */
export function createImportProcedures(
  options: ImportProceduresOptions,
): Implementations<keyof typeof importProcedures> {
  const { listImportable, planImport, viewImports, decideImport, startImport } = options;

  async function toWritten(run: ImportRun, change: ChangeDraft | undefined) {
    return { output: { run: await viewImports.toView(run) }, change };
  }

  return {
    async 'import.repositories'(input, { workspaceUuid }) {
      const { repositories, ...rest } = await listImportable({ ...input, workspaceUuid });
      return { ...rest, repositories: [...repositories] };
    },
    async 'import.runs'(_, { workspaceUuid }) {
      const [runs, suggestedPrefix] = await Promise.all([
        viewImports.runs(),
        options.suggestPrefix(workspaceUuid),
      ]);
      return {
        runs,
        ...(suggestedPrefix !== undefined && { suggestedPrefix }),
        contents: [...importContents],
        limits: { mostNamed: mostNamedRepositories, mostParallel, usualParallel },
      };
    },
    'import.view': async ({ runId }) => ({ run: await viewImports.view(runId) }),
    async 'import.plan'(input, { accountId }) {
      const run = await planImport({ ...input, accountId });
      const { selection, options: chosen } = run;
      return toWritten(run, {
        subject: toSubject(run),
        changes: [
          { field: 'selection', after: JSON.stringify(selection).slice(0, 1_000) },
          { field: 'options', after: JSON.stringify(chosen) },
        ],
      });
    },
    async 'import.items'({ runId, page, state }) {
      const found = await viewImports.items(runId, page, state);
      return { ...found, items: [...found.items] };
    },
    async 'import.decide'({ runId, ...input }) {
      const { run, before, item } = await decideImport.one(runId, toPlace(input));
      const { output, change } = await toWritten(run, {
        subject: toSubject(run),
        changes: [{ field: item.name, before: toText(before), after: toText(item) }],
      });
      return { output: { ...output, item }, change };
    },
    async 'import.decideAll'({ runId, choice }) {
      const { run, decided } = await decideImport.all(runId, choice);
      const changes = [{ field: 'conflicts', before: String(decided), after: choice }];
      return toWritten(run, decided === 0 ? undefined : { subject: toSubject(run), changes });
    },
    async 'import.start'({ runId, acceptsOverLimit }, { accountId }) {
      const { run } = await startImport.start(runId, { acceptsOverLimit, accountId });
      const after = acceptsOverLimit ? 'importing, over the limit' : 'importing';
      return toWritten(run, { subject: toSubject(run), changes: [{ field: 'state', after }] });
    },
    async 'import.retry'({ runId, item }, { accountId }) {
      const { run } = await startImport.retry(runId, {
        item: item && toPlace(item),
        accountId,
      });
      const changes = [{ field: 'state', after: 'importing' }];
      return toWritten(run, { subject: toSubject(run), changes });
    },
    async 'import.undo'({ runId }, { accountId }) {
      const { run } = await startImport.undo(runId, { accountId });
      const changes = [{ field: 'state', after: 'taken back' }];
      return toWritten(run, { subject: toSubject(run), changes });
    },
    async 'import.discard'({ runId }) {
      const run = await startImport.discard(runId);
      const changes = [{ field: 'state', before: run.state, after: 'discarded' }];
      return { output: {}, change: { subject: toSubject(run), changes } };
    },
    async 'import.export'({ runId, format, page }) {
      const { text, nextPage } = await viewImports.exportPart(runId, format, page);
      return { text, ...(nextPage !== undefined && { nextPage }) };
    },
  };
}

/** Pages send UUIDs as Bitbucket gives them. */
function toPlace<T extends { readonly repositoryUuid: string }>(input: T): T {
  return { ...input, repositoryUuid: withoutBraces(input.repositoryUuid) };
}

function toSubject({ runId, connectionName }: ImportRun): ChangeDraft['subject'] {
  return { kind: 'operation', id: runId, name: `import into ${connectionName}` };
}

/** What is done with an item, for the audit log. */
function toText({ state, action, projectKey }: ImportItem): string {
  const decision: ImportDecision['kind'] | 'undecided' =
    state === 'skipped' ? 'skip' : state === 'pending' ? action : 'undecided';
  return `${decision} ${projectKey}`;
}
