import { Worker } from 'node:worker_threads';
import type { InvocationResult } from '../runtime/invocation';
import type { RunnerLogLine } from '../runtime/log-lines';
import type {
  HostToWorker,
  WorkerProbe,
  WorkerStart,
  WorkerToHost,
} from '../runtime/worker-messages';
import type { HostTime } from '../runtime/worker-time';
import type { Outcome } from './outcome';

export interface ThreadOptions {
  readonly workerFile: string;
  readonly memoryMB: number;
  readonly start: WorkerStart;
  readonly onLog: (line: RunnerLogLine) => void;
  /** Plain text that the app wrote past the console. */
  readonly onText: (text: string) => void;
}

/** One worker thread that runs functions, one at a time. */
export interface FunctionThread {
  /** Resolves with the answer, or with the crash when the thread ends first. Never rejects. */
  run(event: string, time: HostTime, deadline: number): Promise<Outcome>;
  tick(time: HostTime): void;
  /** What the thread is doing; `undefined` when it has ended. */
  probe(): Promise<WorkerProbe | undefined>;
  /** Resolves when the thread has started, or ended. */
  readonly ready: Promise<void>;
  readonly ended: boolean;
  /** Ends it, whatever it is doing. */
  kill(): Promise<void>;
}

export function startThread(options: ThreadOptions): FunctionThread {
  const worker = new Worker(options.workerFile, {
    workerData: options.start,
    env: {},
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: options.memoryMB },
  });
  worker.unref();
  const probes: ((probe: WorkerProbe | undefined) => void)[] = [];
  let finishRun: ((outcome: Outcome) => void) | undefined;
  let cause: string | undefined;
  let ended = false;
  let becomeReady: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => (becomeReady = resolve));

  worker.stdout.on('data', (chunk: Buffer) => options.onText(chunk.toString()));
  worker.stderr.on('data', (chunk: Buffer) => options.onText(chunk.toString()));
  worker.on('error', (error: NodeJS.ErrnoException) => {
    cause =
      error.code === 'ERR_WORKER_OUT_OF_MEMORY'
        ? `The function ran out of memory: its limit is ${options.memoryMB} MB (app.runtime.memoryMB).`
        : `The process of the function crashed: ${error.message}`;
  });
  worker.on('exit', (code) => {
    ended = true;
    const message = cause ?? `The process of the function exited with code ${code}.`;
    finishRun?.({ kind: 'crash', message });
    for (const resolve of probes.splice(0)) resolve(undefined);
    becomeReady();
  });
  worker.on('message', (message: WorkerToHost) => {
    switch (message.type) {
      case 'ready':
        becomeReady();
        return;
      case 'log':
        options.onLog(message.line);
        return;
      case 'probed':
        probes.shift()?.(message);
        return;
      case 'result':
        finishRun?.({
          kind: 'answer',
          result: JSON.parse(message.result) as InvocationResult,
        });
        return;
    }
  });

  function post(message: HostToWorker): void {
    if (!ended) worker.postMessage(message);
  }

  return {
    ready,
    get ended() {
      return ended;
    },
    async run(event, time, deadline) {
      if (ended) return { kind: 'crash', message: cause ?? 'The process of the function ended.' };
      const outcome = new Promise<Outcome>((resolve) => (finishRun = resolve));
      post({ type: 'invoke', event, time, deadline });
      const result = await outcome;
      finishRun = undefined;
      return result;
    },
    tick: (time) => post({ type: 'tick', time }),
    probe() {
      if (ended) return Promise.resolve(undefined);
      return new Promise((resolve) => {
        probes.push(resolve);
        post({ type: 'probe' });
      });
    },
    async kill() {
      await worker.terminate();
    },
  };
}
