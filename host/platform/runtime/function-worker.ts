// Entry of a worker thread: runs one invocation at a time, module state survives between them as on Forge.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { boundaryActivity } from './boundary-activity';
import type { InvocationEvent, InvocationResult } from './invocation';
import { toInvocationFault } from './invocation-fault';
import { guardSockets } from './socket-guard';
import type { HostToWorker, WorkerStart, WorkerToHost } from './worker-messages';
import { createManualTime, createRealTime } from './worker-time';
import { createMain } from './wrapper';

if (!parentPort) throw new Error('The function worker runs only as a worker thread.');
const port = parentPort;
const { bundleDirectory, proxyUrl, mode, time: startTime } = workerData as WorkerStart;

function post(message: WorkerToHost): void {
  port.postMessage(message);
}

guardSockets(proxyUrl);
const main = createMain({
  appCodeDirectory: bundleDirectory,
  writeLog: (line) => post({ type: 'log', line }),
});
const time = mode === 'manual' ? createManualTime(startTime) : createRealTime(startTime);

async function invoke(message: HostToWorker & { type: 'invoke' }): Promise<void> {
  const event = JSON.parse(message.event) as InvocationEvent;
  const result = await main(event, {
    awsRequestId: event._meta.appContext.invocationId,
    getRemainingTimeInMillis: () => Math.max(0, message.deadline - Date.now()),
  });
  post({ type: 'result', result: toJson(result) });
}

function toJson(result: InvocationResult): string {
  try {
    return JSON.stringify(result);
  } catch (thrown) {
    // A circular answer, or one with a BigInt, has no form in which it could travel.
    return JSON.stringify({ success: false, error: toInvocationFault(thrown) });
  }
}

async function probe(): Promise<void> {
  // Two turns let everything that is ready go on first.
  await nextTurn();
  await nextTurn();
  const { nextDueAt } = time;
  post({
    type: 'probed',
    pendingCalls: boundaryActivity.pending,
    changes: boundaryActivity.changes,
    ...(nextDueAt === undefined ? {} : { nextDueAt }),
  });
}

async function handle(message: HostToWorker): Promise<void> {
  switch (message.type) {
    case 'invoke':
      time.begin(message.time);
      // Not awaited: ticks and probes must get through while the function runs.
      void invoke(message);
      return;
    case 'tick':
      await time.tick(message.time);
      return;
    case 'probe':
      await probe();
      return;
  }
}

let last = Promise.resolve();
port.on('message', (message: HostToWorker) => {
  last = last.then(() => handle(message));
});
post({ type: 'ready' });
