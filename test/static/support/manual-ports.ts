import type { OutputOf } from '../../../src/contracts/procedures';
import type { PullRequestView } from '../../../src/contracts/verdict';
import type { LiveViewPorts } from '../../../static/pull-request/src/live/live-view';

type RefreshAnswer = OutputOf<'pullRequest.refresh'>;

interface OpenRequest {
  readonly kind: 'read' | 'refresh';
  readonly startedAtMs: number;
  answer(view: PullRequestView, outcome?: RefreshAnswer['outcome']): void;
  fail(cause: unknown): void;
}

/** Lets every promise that can settle do so. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) await Promise.resolve();
}

/** A world for `createLiveView` in which the test decides when time passes and when an answer comes. */
export function createManualPorts() {
  let nowMs = 0;
  let hidden = false;
  let timers: { readonly dueMs: number; readonly run: () => void }[] = [];
  let inFlight: OpenRequest[] = [];
  const started: { readonly kind: string; readonly atMs: number; readonly hidden: boolean }[] = [];
  const listeners = new Map<string, () => void>();
  let hasRealtime = true;

  function request<T>(
    kind: OpenRequest['kind'],
    toAnswer: (view: PullRequestView, outcome: RefreshAnswer['outcome']) => T,
  ) {
    started.push({ kind, atMs: nowMs, hidden });
    return new Promise<T>((resolve, reject) => {
      const done = (settleIt: () => void) => {
        inFlight = inFlight.filter((open) => open !== entry);
        settleIt();
      };
      const entry: OpenRequest = {
        kind,
        startedAtMs: nowMs,
        answer: (view, outcome = 'unchanged') => done(() => resolve(toAnswer(view, outcome))),
        fail: (cause) =>
          done(() => reject(cause instanceof Error ? cause : new Error(String(cause)))),
      };
      inFlight.push(entry);
    });
  }

  const ports: LiveViewPorts = {
    read: () => request('read', (view) => view),
    refresh: () => request('refresh', (view, outcome) => ({ outcome, view })),
    subscribe(channel, _token, onMessage) {
      if (!hasRealtime) return Promise.reject(new Error('No realtime here.'));
      listeners.set(channel, onMessage);
      return Promise.resolve(() => void listeners.delete(channel));
    },
    isHidden: () => hidden,
    nowMs: () => nowMs,
    setTimer(run, delayMs) {
      const timer = { dueMs: nowMs + delayMs, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
  };

  return {
    ports,
    started,
    open: () => inFlight,
    channels: () => [...listeners.keys()],
    publish: (channel: string) => listeners.get(channel)?.(),
    withoutRealtime: () => {
      hasRealtime = false;
    },
    setHidden: (value: boolean) => {
      hidden = value;
    },
    timerCount: () => timers.length,
    /** Milliseconds until the next timer; undefined when there is none. */
    nextTimerInMs: () =>
      timers.length === 0 ? undefined : Math.min(...timers.map(({ dueMs }) => dueMs)) - nowMs,
    async advance(ms: number): Promise<void> {
      nowMs += ms;
      const due = timers.filter(({ dueMs }) => dueMs <= nowMs);
      timers = timers.filter((timer) => !due.includes(timer));
      for (const { run } of due) run();
      await settle();
    },
  };
}
