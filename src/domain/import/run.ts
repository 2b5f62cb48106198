import type {
  ImportCounts,
  ImportItem,
  ImportItemState,
  ImportOptions,
  ImportRunView,
  ImportSelection,
} from '../../contracts/imports';

/** What is known of one part of a run without reading it: a fold of the states of its items and nothing else. */
export interface PartSummary {
  readonly counts: ImportCounts;
  /** Sizes of the repositories that are still to be imported, as far as they are known. */
  readonly bytes: number;
  readonly unknownSizes: number;
}

/** Facts of the server that every item needs, read once. */
export interface ImportTarget {
  /** Key of the server's DevOps platform record of this workspace; absent where the server keeps no bindings of ours. */
  readonly recordKey?: string | undefined;
  readonly usage?:
    | {
        readonly plan?: string | undefined;
        readonly lines?: number | undefined;
        readonly limit?: number | undefined;
        readonly problem?: string | undefined;
      }
    | undefined;
}

/** One import of many repositories through one connection. */
export interface ImportRun {
  readonly runId: string;
  /** Counts the writes of the record; a write names the one it was made on. */
  readonly sequence: number;
  readonly connectionId: string;
  /** What people know it by, also after it is gone. */
  readonly connectionName: string;
  readonly state: ImportRunView['state'];
  readonly selection: ImportSelection;
  readonly options: ImportOptions;
  /** One for each part that the items are kept in. */
  readonly parts: readonly PartSummary[];
  /** The page of the listing that comes next, from 1; absent when it is complete. */
  readonly nextListing?: number | undefined;
  /** Repositories that match by Bitbucket's own count. */
  readonly listedTotal?: number | undefined;
  /** How many the listing gave. */
  readonly listed: number;
  readonly target?: ImportTarget | undefined;
  readonly notices: readonly string[];
  /** Repositories at once, at the moment: a server that is asked too much gets fewer. */
  readonly parallel: number;
  /** Tries in a row that ended without an answer. */
  readonly attempts: number;
  /** Items in a row that were refused. */
  readonly refusals: number;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly startedBy: string;
  /** When the importing began, the last time. */
  readonly importedSince?: string | undefined;
  /** Items that were done by then. */
  readonly doneBefore: number;
  readonly endedAt?: string | undefined;
}

/** Items of a run that are stored together. */
export interface ImportPart {
  readonly runId: string;
  /** From 0. */
  readonly part: number;
  readonly sequence: number;
  /** When Bitbucket was last asked about the repositories; ISO 8601. */
  readonly checkedAt: string;
  readonly items: readonly ImportItem[];
}

export const itemsPerPart = 50;

const noCounts: ImportCounts = {
  pending: 0,
  working: 0,
  done: 0,
  skipped: 0,
  conflict: 0,
  failed: 0,
};

export function summarize(items: readonly ImportItem[]): PartSummary {
  const counts = { ...noCounts };
  for (const { state } of items) counts[state] += 1;
  const open = items.filter(isOpen);
  return {
    counts,
    bytes: open.reduce((sum, { sizeBytes = 0 }) => sum + sizeBytes, 0),
    unknownSizes: open.filter(({ sizeBytes }) => sizeBytes === undefined).length,
  };
}

/** Still to be imported. */
export function isOpen({ state }: Pick<ImportItem, 'state'>): boolean {
  return state === 'pending' || state === 'working';
}

export function countItems({ parts }: Pick<ImportRun, 'parts'>): ImportCounts {
  const sum = { ...noCounts };
  for (const { counts } of parts) {
    for (const state of Object.keys(sum) as ImportItemState[]) sum[state] += counts[state];
  }
  return sum;
}

export function countAll(counts: ImportCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** The first part with something to do; `undefined` when nothing is left. */
export function findOpenPart({ parts }: Pick<ImportRun, 'parts'>): number | undefined {
  const place = parts.findIndex(({ counts }) => counts.pending + counts.working > 0);
  return place < 0 ? undefined : place;
}

/** The run with what one of its parts is now. */
export function withPart(run: ImportRun, { part, items }: ImportPart): ImportRun {
  return { ...run, parts: run.parts.with(part, summarize(items)) };
}

/** With every item done or passed over, or not. */
export function toOutcome(run: Pick<ImportRun, 'state' | 'parts'>): ImportRunView['outcome'] {
  if (run.state !== 'ended') return undefined;
  const { done, skipped, ...others } = countItems(run);
  return countAll({ ...noCounts, ...others }) === 0 ? 'completed' : 'completedWithErrors';
}
