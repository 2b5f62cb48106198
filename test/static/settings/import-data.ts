import type { ImportItem, ImportRunView } from '../../../src/contracts/imports';
import type { OutputOf } from '../../../src/contracts/procedures';
import { importContents } from '../../../src/domain/import/contents';
import type { OperationView } from '../../../src/contracts/operations';
import { connection } from '../support/workspace-data';

export const uuidOf = (number: number) =>
  `77777777-0000-4000-8000-${String(number).padStart(12, '0')}`;

export const repositories = Array.from({ length: 3 }, (_, number) => ({
  repositoryUuid: uuidOf(number),
  name: `Repo ${number}`,
  slug: `repo-${number}`,
  isPrivate: number > 0,
  isEmpty: false,
  isFork: number === 1,
  boundTo: number === 2 ? ['by_hand'] : [],
}));

export function buildItem(number: number, part: Partial<ImportItem> = {}): ImportItem {
  return {
    repositoryUuid: uuidOf(number),
    name: `Repo ${number}`,
    slug: `repo-${number}`,
    isPrivate: true,
    projectKey: `acme_repo-${number}`,
    action: 'create',
    state: 'pending',
    ...part,
  };
}

export const noCounts = { pending: 0, working: 0, done: 0, skipped: 0, conflict: 0, failed: 0 };

export function buildRun(part: Partial<ImportRunView> = {}): ImportRunView {
  return {
    runId: 'run-1',
    connectionId: connection.connectionId,
    connectionName: connection.name,
    state: 'ready',
    selection: { kind: 'matching', query: '', except: [] },
    options: {
      keyPrefix: 'acme_',
      publicStaysPublic: false,
      includesForks: false,
      includesEmpty: false,
      newCode: { kind: 'server' },
      parallel: 4,
    },
    counts: { ...noCounts, pending: 3 },
    total: 3,
    pages: 1,
    usage: { unknownSizes: 0, isOverLimit: false },
    notices: [],
    startedAt: '2026-03-04T12:00:00.000Z',
    startedBy: 'olivia',
    ...part,
  };
}

export const operation: OperationView = {
  operationId: 'import:c1',
  kind: 'import',
  state: 'running',
  total: 3,
  done: 1,
  failed: 0,
  startedAt: '2026-03-04T12:00:00.000Z',
  message: 'Importing into "Server A": 1 of 3 repositories are done.',
};

/** What the tab reads first. */
export function known(runs: readonly ImportRunView[]): OutputOf<'import.runs'> {
  return {
    runs: [...runs],
    suggestedPrefix: 'acme_',
    contents: [...importContents],
    limits: { mostNamed: 1_000, mostParallel: 8, usualParallel: 4 },
  };
}
