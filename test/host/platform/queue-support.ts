import { createManualClock } from '../../../host/manual-clock';
import { openDatabase } from '../../../host/database';
import {
  createQueue,
  type DeliveredEvent,
  type Queue as EmulatedQueue,
  type QueueCallCause,
  type QueueOptions,
} from '../../../host/platform/queue/queue';
import type { DeliveryOutcome } from '../../../host/platform/queue/retries';
import { installation, START } from './kvs-support';

export const consumers = [
  { key: 'verdict-jobs', queue: 'verdicts', functionKey: 'refresh-verdict' },
  { key: 'import-jobs', queue: 'imports', functionKey: 'run-import', timeoutSeconds: 900 },
] as const;

export const done: DeliveryOutcome = { outcome: 'done' };

type Handler = (event: DeliveredEvent) => DeliveryOutcome | Promise<DeliveryOutcome>;

/** A queue of its own, to which the app's package `@forge/events` is connected below its border. */
export function setUpQueue(handler: Handler = () => done, changes: Partial<QueueOptions> = {}) {
  const clock = changes.clock ?? createManualClock(START);
  const database = changes.database ?? openDatabase(':memory:');
  const delivered: DeliveredEvent[] = [];
  const givenUp: string[] = [];
  const queue = createQueue({
    installation,
    manifest: { consumers },
    ...changes,
    clock,
    database,
    deliver: async (_, event) => {
      delivered.push(event);
      return handler(event);
    },
    onGivenUp: (_, reason) => givenUp.push(reason),
  });
  connectQueue(queue);
  return { queue, clock, database, delivered, givenUp };
}

/** Routes the calls of `@forge/events` to this queue, as the function wrapper and the proxy do. */
export function connectQueue(queue: EmulatedQueue, cause?: QueueCallCause): void {
  Object.assign(globalThis, {
    __forge_fetch__: (args: { remote: string }, path: string, init: { body: string }) => {
      const operation = /^\/webhook\/queue\/(publish|stats|cancel)\//.exec(path)?.[1];
      if (args.remote !== 'stargate' || operation === undefined) {
        throw new Error(`Unexpected call ${path}`);
      }
      const { status, body } = queue.handle(
        operation as 'publish' | 'stats' | 'cancel',
        JSON.parse(init.body) as unknown,
        cause,
      );
      return Promise.resolve(
        new Response(body === undefined ? null : JSON.stringify(body), { status }),
      );
    },
  });
}

/** A promise that the test settles. */
export function createGate<T>() {
  let open: (value: T) => void = () => undefined;
  const opened = new Promise<T>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** Lets everything run that needs no time to pass. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
