import type { Host } from '../host/host';
import type { BoundaryCall, InvocationRecord } from '../host/traffic';

/** What an action cost at the border between app and platform. */
export interface CallCounts {
  readonly invocations: number;
  readonly storageReads: number;
  /** Tried ones, whether or not the store took them. */
  readonly storageWrites: number;
  readonly bitbucketCalls: number;
  readonly bitbucketWrites: number;
  readonly serverCalls: number;
  readonly queuePushes: number;
}

const readOperations = new Set([
  'get',
  'secret/get',
  'entity/get',
  'query',
  'entity/query',
  'batch/get',
]);

function countCalls(
  calls: readonly BoundaryCall[],
  invocations: readonly InvocationRecord[],
): CallCounts {
  const of = (kind: BoundaryCall['kind']) => calls.filter((call) => call.kind === kind);
  const storage = of('kvs');
  const reads = storage.filter(({ target }) => readOperations.has(target));
  return {
    invocations: invocations.length,
    storageReads: reads.length,
    storageWrites: storage.length - reads.length,
    bitbucketCalls: of('bitbucket').length,
    bitbucketWrites: of('bitbucket').filter(({ method }) => method !== 'GET').length,
    serverCalls: of('egress').length,
    queuePushes: of('queue').filter(({ target }) => target.includes('/publish/')).length,
  };
}

/** What some runs of functions cost by themselves. */
export function countRuns(
  { calls }: Pick<Host['traffic'], 'calls'>,
  runs: readonly InvocationRecord[],
): CallCounts {
  const ids = new Set(runs.map(({ invocationId }) => invocationId));
  return countCalls(
    calls.filter(({ invocationId }) => ids.has(invocationId)),
    runs,
  );
}

/** Runs an action and waits until everything that it set off has come to rest; the traffic then holds just that. */
export async function recordDuring(
  { traffic, settle }: Pick<Host, 'traffic' | 'settle'>,
  action: () => unknown,
): Promise<void> {
  await settle();
  traffic.clear();
  await action();
  await settle();
}
