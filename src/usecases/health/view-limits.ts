import type { LimitView } from '../../contracts/health';
import {
  bitbucketCredential,
  countCalls,
  noCalls,
  toCallState,
  toLimit,
  type CallState,
} from '../../domain/call-budget';
import type { CallRecordStore } from '../../domain/ports/call-budget';
import type { Clock } from '../../domain/ports/clock';
import type { ConnectionStore } from '../../domain/ports/stores';

export interface ViewLimitsOptions {
  readonly callRecords: CallRecordStore;
  readonly connections: ConnectionStore;
  readonly clock: Clock;
}

export type ViewLimits = () => Promise<readonly LimitView[]>;

/** A workspace with more connections than these looks at the first ones. */
const mostConnections = 20;

const messages: Readonly<Record<CallState, string>> = {
  free: 'Everything is read and written as it comes.',
  backgroundWaits:
    'Many calls were made, so what nobody waits for is left for later. What people do goes on.',
  spent: 'The calls of this hour are used up. What comes now is done when there are calls again.',
  closed:
    'It failed several times in a row, or asked for fewer calls, so Gatehouse waits before it calls again. Nothing is lost.',
};

/** How the calls of Bitbucket and of each connection stand. */
export function createViewLimits({
  callRecords,
  connections,
  clock,
}: ViewLimitsOptions): ViewLimits {
  async function view(credential: string, name: string): Promise<LimitView> {
    const record = (await callRecords.find(credential)) ?? noCalls;
    const nowMs = clock.nowMs();
    const state = toCallState(credential, record, nowMs);
    return {
      name,
      calls: countCalls(record, nowMs),
      limit: toLimit(credential, record),
      state,
      ...(state === 'closed' &&
        record.closedUntilMs !== undefined && {
          until: new Date(record.closedUntilMs).toISOString(),
        }),
      message: messages[state],
    };
  }

  return async () => {
    const servers = (await connections.list()).filter(({ kind }) => kind !== 'demo');
    return Promise.all([
      view(bitbucketCredential, 'Bitbucket'),
      ...servers
        .slice(0, mostConnections)
        .map(({ connectionId, name }) => view(connectionId, name)),
    ]);
  };
}
