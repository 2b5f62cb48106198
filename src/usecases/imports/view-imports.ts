import type { ImportItem, ImportItemState, ImportRunView } from '../../contracts/imports';
import { toCsvLine } from '../../domain/csv';
import { countAll, type ImportRun } from '../../domain/import/run';
import type { Clock } from '../../domain/ports/clock';
import type { ImportStore } from '../../domain/ports/imports';
import type { ConnectionStore, OperationStore } from '../../domain/ports/stores';
import { requirePart, requireRun } from './change-run';
import { importKinds } from './require-nothing-at-work';
import { findRunOperation, toRunView } from './to-run-view';

export interface ViewImportsOptions {
  readonly imports: ImportStore;
  readonly operations: OperationStore;
  readonly connections: ConnectionStore;
  readonly clock: Clock;
}

export interface ItemPage {
  readonly page: number;
  readonly items: readonly ImportItem[];
  readonly nextPage?: number | undefined;
}

/** Import runs for the workspace page. @throws {AppError} NOT_FOUND without the run. */
export interface ViewImports {
  /** The newest ten. */
  runs(): Promise<ImportRunView[]>;
  view(runId: string): Promise<ImportRunView>;
  toView(run: ImportRun): Promise<ImportRunView>;
  /** The first items from this part on, in one state or all. */
  items(runId: string, page: number, state: ImportItemState | undefined): Promise<ItemPage>;
  /** One part of the report, to append to those before; the first part of a CSV has the headings. */
  exportPart(
    runId: string,
    format: 'csv' | 'json',
    page: number,
  ): Promise<{ readonly text: string; readonly nextPage?: number | undefined }>;
}

const mostRuns = 10;
const headings = ['repository', 'uuid', 'project', 'action', 'state', 'reason', 'message', 'done'];

export function createViewImports({
  imports,
  operations,
  connections,
  clock,
}: ViewImportsOptions): ViewImports {
  const toView = async (run: ImportRun) =>
    toRunView(run, await findRunOperation(operations, run), clock.nowMs());

  return {
    toView,

    async runs() {
      const [listed, known] = await Promise.all([imports.listRuns(mostRuns), connections.list()]);
      // Listings lag behind: what is at work is found by its operation, and each run is read as it is now.
      const atWork = await Promise.all(
        known.flatMap(({ connectionId }) =>
          importKinds.map((kind) => operations.find(`${kind}:${connectionId}`)),
        ),
      );
      const ids = [...atWork, ...listed].flatMap((each) => each?.runId ?? []);
      const runs = await Promise.all([...new Set(ids)].map((runId) => imports.findRun(runId)));
      const newest = runs
        .filter((run) => run !== undefined)
        .sort((one, other) => (one.startedAt < other.startedAt ? 1 : -1))
        .slice(0, mostRuns);
      return Promise.all(newest.map(toView));
    },

    async view(runId) {
      return toView(await requireRun(imports, runId));
    },

    async items(runId, page, state) {
      const { parts } = await requireRun(imports, runId);
      const hasSome = (place: number) => {
        const counts = parts[place]?.counts;
        return counts !== undefined && (state ? counts[state] : countAll(counts)) > 0;
      };
      const places = [...parts.keys()].filter((place) => place >= page && hasSome(place));
      const [place, nextPage] = places;
      if (place === undefined) return { page, items: [] };
      const { items } = await requirePart(imports, runId, place);
      return {
        page: place,
        items: state ? items.filter((item) => item.state === state) : items,
        nextPage,
      };
    },

    async exportPart(runId, format, page) {
      const { parts } = await requireRun(imports, runId);
      const start = format === 'csv' && page === 0 ? toCsvLine(headings) : '';
      if (page >= parts.length) return { text: start };
      const { items } = await requirePart(imports, runId, page);
      const lines = items.map((item) =>
        format === 'csv' ? toLine(item) : `${JSON.stringify(item)}\n`,
      );
      const nextPage = page + 1 < parts.length ? page + 1 : undefined;
      return { text: start + lines.join(''), nextPage };
    },
  };
}

function toLine(item: ImportItem): string {
  const { name, repositoryUuid, projectKey, action, state, reason = '', doneAt = '' } = item;
  const message = item.message ?? item.warning ?? '';
  return toCsvLine([name, repositoryUuid, projectKey, action, state, reason, message, doneAt]);
}
