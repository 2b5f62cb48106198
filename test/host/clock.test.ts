import type { HostClock } from '../../host/clock';
import { createManualClock } from '../../host/manual-clock';
import { createRealClock } from '../../host/real-clock';
import { setTimeout as realDelay } from 'node:timers/promises';

const start = Date.UTC(2026, 0, 1);

describe('the manual clock', () => {
  it('stands still until it is advanced', async () => {
    const clock = createManualClock(start);
    await realDelay(5);

    expect(clock.now()).toBe(start);
    await clock.advance(1_500);
    expect(clock.now()).toBe(start + 1_500);
  });

  it('runs what falls due in order of time, each at its own time', async () => {
    const clock = createManualClock(start);
    const seen: [string, number][] = [];
    for (const [name, delayMs] of [
      ['late', 300],
      ['early', 100],
      ['early too', 100],
      ['beyond', 900],
    ] as const) {
      clock.schedule(delayMs, () => void seen.push([name, clock.now() - start]));
    }

    await clock.advance(500);

    expect(seen).toEqual([
      ['early', 100],
      ['early too', 100],
      ['late', 300],
    ]);
  });

  it('awaits an asynchronous task before the next one and before the advance ends', async () => {
    const clock = createManualClock(start);
    const seen: string[] = [];
    clock.schedule(1, async () => {
      await realDelay(10);
      seen.push('first');
    });
    clock.schedule(2, () => void seen.push('second'));

    await clock.advance(10);

    expect(seen).toEqual(['first', 'second']);
  });

  it('runs what a task schedules when that falls into the same advance', async () => {
    const clock = createManualClock(start);
    const seen: number[] = [];
    function tick(): void {
      seen.push(clock.now() - start);
      clock.schedule(100, tick);
    }
    clock.schedule(100, tick);

    await clock.advance(350);

    expect(seen).toEqual([100, 200, 300]);
  });

  it('does not run what was cancelled', async () => {
    const clock = createManualClock(start);
    const task = jest.fn();
    const cancel = clock.schedule(10, task);

    cancel();
    await clock.advance(100);

    expect(task).not.toHaveBeenCalled();
  });

  it('runs what is due at the present time without an advance', async () => {
    const clock = createManualClock(start);

    await new Promise<void>((resolve) => clock.schedule(0, resolve));

    expect(clock.now()).toBe(start);
  });

  it('rejects the advance that ran a failing task, after the others ran', async () => {
    const clock = createManualClock(start);
    const other = jest.fn();
    clock.schedule(1, () => Promise.reject(new Error('task failed')));
    clock.schedule(2, other);

    await expect(clock.advance(10)).rejects.toThrow('task failed');
    expect(other).toHaveBeenCalled();
  });

  it('tells listeners of every step before the tasks of that time run', async () => {
    const clock = createManualClock(start);
    const seen: unknown[] = [];
    clock.onAdvance((now) => seen.push(now - start));
    clock.schedule(40, () => void seen.push('task'));

    await clock.advance(100);

    expect(seen).toEqual([40, 'task', 100]);
  });

  it('stops on the way when a participant has something due', async () => {
    const clock = createManualClock(start);
    const told: number[] = [];
    clock.onAdvance((now) => told.push(now - start));
    clock.join?.({
      settle: () =>
        Promise.resolve(
          clock.now() < start + 30 ? { waiting: true, nextDueAt: start + 30 } : { waiting: false },
        ),
    });

    await clock.advance(100);

    expect(told).toEqual([30, 100]);
  });

  it('goes on past a task that hangs on a participant that waits for time', async () => {
    const clock = createManualClock(start);
    let release: () => void = () => undefined;
    const hanging = new Promise<void>((resolve) => (release = resolve));
    clock.schedule(10, () => hanging);
    clock.schedule(50, () => release());
    clock.join?.({ settle: () => Promise.resolve({ waiting: clock.now() < start + 50 }) });

    await clock.advance(100);

    expect(clock.now()).toBe(start + 100);
  });
});

describe('the real clock', () => {
  const clocks: HostClock[] = [];
  function create(): HostClock {
    const clock = createRealClock();
    clocks.push(clock);
    return clock;
  }
  afterEach(() => clocks.splice(0).forEach((clock) => clock.stop()));

  it('flows with the time of the machine', () => {
    const clock = create();

    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(50);
  });

  it('runs a task after its delay', async () => {
    const clock = create();

    await new Promise<void>((resolve) => clock.schedule(1, resolve));
  });

  it('moves forward by an advance, for good, and runs what falls due by it', async () => {
    const clock = create();
    const task = jest.fn();
    const listener = jest.fn();
    clock.schedule(3_600_000, task);
    clock.onAdvance(listener);

    await clock.advance(3_600_000);

    expect(task).toHaveBeenCalledTimes(1);
    expect(listener).toHaveBeenCalledTimes(1);
    expect(clock.now() - Date.now()).toBeGreaterThan(3_599_000);
  });

  it('runs nothing after it was stopped', async () => {
    const clock = create();
    const task = jest.fn();
    clock.schedule(1, task);

    clock.stop();
    await realDelay(10);

    expect(task).not.toHaveBeenCalled();
  });
});
