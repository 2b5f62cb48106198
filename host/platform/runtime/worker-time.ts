import { AsyncResource } from 'node:async_hooks';
import timersModule from 'node:timers';
import { install } from '@sinonjs/fake-timers';

/** The host's time as a message carries it; `offsetMs` is its distance from the machine's own time. */
export interface HostTime {
  readonly now: number;
  readonly offsetMs: number;
}

/** The time that functions in a worker see. */
export interface WorkerTime {
  /** An invocation starts: takes the host's time over; timers left behind by an earlier one stay as frozen as they were. */
  begin(time: HostTime): void;
  /** The host's time moved while a function runs: fires the timers that fall due on the way, in order. */
  tick(time: HostTime): Promise<void>;
  /** When the next timer of the app is due; only known where time stands still by itself. */
  readonly nextDueAt: number | undefined;
}

/**
 * Time that moves only by `tick`. Node's own machinery keeps its real timers: only the globals and the `timers` modules
 * are replaced.
 */
export function createManualTime(start: HostTime): WorkerTime {
  const timers = install({
    now: start.now,
    toFake: ['Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'],
    ignoreMissingTimers: true,
    loopLimit: 1_000_000,
  });
  for (const place of [globalThis, timersModule]) keepContext(place);
  AbortSignal.timeout = (delayMs) => {
    const controller = new AbortController();
    setTimeout(() => {
      const message = 'The operation was aborted due to timeout';
      controller.abort(new DOMException(message, 'TimeoutError'));
    }, delayMs);
    return controller.signal;
  };
  return {
    begin: ({ now }) => timers.setSystemTime(now),
    async tick({ now }) {
      if (now > timers.now) await timers.tickAsync(now - timers.now);
    },
    get nextDueAt() {
      const dues = [...(timers.timers?.values() ?? [])].map(({ callAt }) => callAt ?? Infinity);
      const first = Math.min(...dues);
      return first < Infinity ? first : undefined;
    },
  };
}

/** The faked timers call back from wherever time is moved; a real timer keeps the invocation that set it. */
function keepContext(place: object): void {
  for (const name of ['setTimeout', 'setInterval'] as const) {
    const faked = Reflect.get(place, name) as (...given: unknown[]) => unknown;
    Reflect.set(
      place,
      name,
      new Proxy(faked, {
        apply(target, self, [callback, ...rest]: unknown[]) {
          const bound =
            typeof callback === 'function'
              ? AsyncResource.bind(callback as (...given: unknown[]) => unknown)
              : callback;
          return Reflect.apply(target, self, [bound, ...rest]);
        },
      }),
    );
  }
}

/** Time that flows; the clock of the functions is ahead of the machine's by the host's offset. */
export function createRealTime(start: HostTime): WorkerTime {
  let { offsetMs } = start;
  const MachineDate = Date;
  const now = () => MachineDate.now() + offsetMs;
  globalThis.Date = new Proxy(MachineDate, {
    apply: () => new MachineDate(now()).toString(),
    construct: (target, given: unknown[], newTarget) =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget) as Date,
    get: (target, member) => (member === 'now' ? now : (Reflect.get(target, member) as unknown)),
  });
  return {
    begin: (time) => void ({ offsetMs } = time),
    tick(time) {
      ({ offsetMs } = time);
      return Promise.resolve();
    },
    nextDueAt: undefined,
  };
}
