import type { RunnerLogLine } from './log-lines';
import type { HostTime } from './worker-time';

/** What a worker is started with. */
export interface WorkerStart {
  readonly bundleDirectory: string;
  readonly proxyUrl: string;
  readonly mode: 'real' | 'manual';
  readonly time: HostTime;
}

export type HostToWorker =
  | {
      readonly type: 'invoke';
      /** The invocation event as JSON. */
      readonly event: string;
      readonly time: HostTime;
      /** When the function is stopped, in host time. */
      readonly deadline: number;
    }
  | { readonly type: 'tick'; readonly time: HostTime }
  | { readonly type: 'probe' };

export type WorkerToHost =
  | { readonly type: 'ready' }
  /** The invocation result as JSON. */
  | { readonly type: 'result'; readonly result: string }
  | { readonly type: 'log'; readonly line: RunnerLogLine }
  | ({ readonly type: 'probed' } & WorkerProbe);

/** What a worker is doing, after everything that was posted before has been worked off. */
export interface WorkerProbe {
  /** Calls to the proxy without an answer. */
  readonly pendingCalls: number;
  /** Differs from the last probe when a call began or ended in between. */
  readonly changes: number;
  /** When the app's next timer is due, in host time. */
  readonly nextDueAt?: number;
}
