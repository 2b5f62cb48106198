import type { HostClock } from '../../clock';
import type { EventStore, StoredEvent } from './event-store';
import { decideNextStep, type DeliveryOutcome } from './retries';
import { Unverified } from './unverified';

export interface DispatcherOptions {
  readonly clock: HostClock;
  readonly store: EventStore;
  /** Hands one event to its consumer; a rejection counts as an error. */
  readonly deliver: (event: StoredEvent) => Promise<DeliveryOutcome>;
  /** 0 to 1, excluded; when absent, events start in the order in which they fell due. */
  readonly random: (() => number) | undefined;
  readonly onGivenUp: (event: StoredEvent, reason: string) => void;
}

/** Delivers what is due, several events at a time and each at least once. */
export interface Dispatcher {
  /** To be called when something may have fallen due; starts deliveries in the next microtask. */
  wake(): void;
  /** The next event is delivered this many times in all. */
  deliverNext(times: number): void;
  pause(): void;
  resume(): void;
  /** Resolves when nothing is being delivered and nothing is due; what a pause holds back is not due. */
  idle(): Promise<void>;
  stop(): void;
}

export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { clock, store, deliver, random, onGivenUp } = options;
  const idlers = new Set<() => void>();
  let underway = 0;
  let timesOfNext = 1;
  let isPaused = false;
  let isStopped = false;
  let cancelTimer: () => void = () => undefined;

  function isIdle(): boolean {
    if (isStopped) return true;
    return underway === 0 && (isPaused || store.listDue(clock.now(), 1).length === 0);
  }

  /** Starts what may start now and sets the timer for what is due next. */
  function pump(): void {
    while (!isStopped && !isPaused && underway < Unverified.parallelDeliveries) {
      const event = pickDue();
      if (!event) break;
      // Noted before the consumer sees it, so that a host that is killed now delivers it again.
      store.setDelivering(event.eventId);
      underway += 1;
      void run(event);
    }
    // A consumer that runs at once may have stopped the queue meanwhile.
    if (isStopped) return;
    cancelTimer();
    const dueAt = store.nextDueAfter(clock.now());
    cancelTimer =
      dueAt === undefined ? () => undefined : clock.schedule(dueAt - clock.now(), deliverDue);
    if (isIdle()) {
      for (const resolve of idlers) resolve();
      idlers.clear();
    }
  }

  /** So that a clock that is moved by hand waits for what fell due before it goes on. */
  async function deliverDue(): Promise<void> {
    pump();
    await idle();
  }

  function idle(): Promise<void> {
    if (isIdle()) return Promise.resolve();
    return new Promise((resolve) => idlers.add(resolve));
  }

  function pickDue(): StoredEvent | undefined {
    if (!random) return store.listDue(clock.now(), 1)[0];
    const candidates = store.listDue(clock.now(), Unverified.parallelDeliveries);
    return candidates[Math.floor(random() * candidates.length)];
  }

  async function run(event: StoredEvent): Promise<void> {
    const times = timesOfNext;
    timesOfNext = 1;
    let outcome = await attempt(event);
    for (let copy = 1; copy < times && !isStopped; copy += 1) outcome = await attempt(event);
    underway -= 1;
    // The database may be closed by now; the event is delivered again after the next start.
    if (isStopped) return;
    settle(event, outcome);
    wake();
  }

  async function attempt(event: StoredEvent): Promise<DeliveryOutcome> {
    try {
      return await deliver(event);
    } catch (error) {
      return { outcome: 'error', message: error instanceof Error ? error.message : String(error) };
    }
  }

  function settle(event: StoredEvent, outcome: DeliveryOutcome): void {
    const step = decideNextStep(event, outcome, clock.now());
    if (step.kind === 'end') store.setDone(event.eventId);
    else if (step.kind === 'again') store.setWaiting(step.event, clock.now() + step.delayMs);
    else {
      store.setFailed(event.eventId);
      onGivenUp(event, step.reason);
    }
  }

  function wake(): void {
    queueMicrotask(pump);
  }

  return {
    wake,
    deliverNext(times) {
      if (!Number.isInteger(times) || times < 1) {
        throw new RangeError(`An event is delivered once or more, not ${times} times.`);
      }
      timesOfNext = times;
    },
    pause() {
      isPaused = true;
      wake();
    },
    resume() {
      isPaused = false;
      wake();
    },
    idle,
    stop() {
      isStopped = true;
      cancelTimer();
      for (const resolve of idlers) resolve();
      idlers.clear();
    },
  };
}
