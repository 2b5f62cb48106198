import { setImmediate as nextTurn } from 'node:timers/promises';
import { createRealClock } from '../../../host/real-clock';
import { bundleProbe, startProbe, startOfTests } from '../../support/probe-platform';
import type { ProbePlatform } from '../../support/probe-platform';

const bundle = bundleProbe();
let probe: ProbePlatform;
beforeAll(async () => {
  probe = await startProbe({ bundleDirectory: bundle.folder });
});
afterAll(async () => {
  await probe.stop();
  bundle.remove();
});
beforeEach(() => probe.traffic.clear());

function lastInvocation() {
  return probe.traffic.invocations.at(-1);
}

describe('a function that does not behave', () => {
  it('is stopped at its limit when it never settles, and the next call works', async () => {
    const call = probe.invoke('never');
    const rejected = expect(call).rejects.toThrow(/error invoking/);
    const before = probe.clock.now();

    await probe.clock.advance(24_999);
    expect(probe.traffic.invocations).toHaveLength(0);
    await probe.clock.advance(1);

    await rejected;
    expect(lastInvocation()).toMatchObject({ outcome: 'timeout', endedAt: before + 25_000 });
    expect(await probe.invoke('echo')).toEqual({ payload: {} });
  });

  it('is stopped at its limit in an endless loop, and the next call works', async () => {
    const rejected = expect(probe.invoke('loop')).rejects.toThrow(/error invoking/);

    await probe.clock.advance(25_000);

    await rejected;
    expect(lastInvocation()?.outcome).toBe('timeout');
    expect(await probe.invoke('echo')).toEqual({ payload: {} });
  });

  it.each([
    ['exits', 'exit', /exited with code 3/],
    ['eats its memory', 'exhaust', /out of memory: its limit is 128 MB/],
    ['leaves a rejection unhandled', 'reject', /nobody waits for this/],
  ])('crashes alone when it %s, and the next call works', async (_name, procedure, message) => {
    await expect(probe.invoke(procedure)).rejects.toThrow(/error invoking/);

    expect(lastInvocation()?.outcome).toBe('crash');
    expect(lastInvocation()?.errorMessage).toMatch(message);
    expect(await probe.invoke('echo')).toEqual({ payload: {} });
  });

  it('does not take the calls beside it along', async () => {
    const calls = [probe.invoke('exit'), probe.invoke('echo', { a: 1 }), probe.invoke('echo')];

    const outcomes = await Promise.allSettled(calls);

    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  });
});

describe('workers', () => {
  it('are reused, so that module state survives between calls', async () => {
    const first = (await probe.invoke('count')) as number;

    expect(await probe.invoke('count')).toBe(first + 1);
  });

  it('run one invocation at a time each', async () => {
    const counts = await Promise.all([1, 2, 3].map(() => probe.invoke('sleepThenCount')));

    expect(counts).toEqual([1, 1, 1]);
  });

  it('serve more calls than there are workers, one after the other', async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) => probe.invoke('echo', { index })),
    );

    expect(answers).toEqual(answers.map((_, index) => ({ payload: { index } })));
  });

  it('let the platform be idle when nothing runs', async () => {
    let ended = false;
    const call = probe.invoke('echo').then(() => (ended = true));

    await probe.platform.idle();

    expect(ended).toBe(true);
    await call;
  });
});

describe('time in a function', () => {
  it('follows the manual clock', async () => {
    const hour = 3_600_000;
    await probe.clock.advance(hour);
    const now = probe.clock.now();

    expect(now).toBeGreaterThanOrEqual(startOfTests + hour);
    expect(await probe.invoke('now')).toEqual({
      now,
      iso: new Date(now).toISOString(),
      isDate: true,
    });
  });

  it('lets timers fire at their own time within one long advance', async () => {
    const call = probe.invoke('sleep', { ms: 10_000 });

    await probe.clock.advance(60_000);

    expect(await call).toBe(10_000);
  });

  it('counts the remaining time down', async () => {
    const call = probe.invoke('remaining', { ms: 4_000 });

    await probe.clock.advance(4_000);

    expect(await call).toBe(21_000);
  });

  it('lets AbortSignal.timeout follow the manual clock', async () => {
    probe.faults.add({ target: 'sonarqube', times: 1, effect: { kind: 'hang' } });
    const url = 'https://allowed.example/slow';
    const call = probe.invoke('fetchWithTimeout', { url, timeoutMs: 10_000 });

    await probe.clock.advance(10_000);

    expect(await call).toMatchObject({ name: 'TimeoutError' });
  });

  it('lets a time-out made of setTimeout follow the manual clock', async () => {
    probe.faults.add({ target: 'sonarqube', times: 1, effect: { kind: 'hang' } });
    const url = 'https://allowed.example/slow';
    const call = probe.invoke('fetchWithController', { url, timeoutMs: 10_000 });

    await probe.clock.advance(10_000);

    expect(await call).toMatchObject({ message: 'own time-out' });
  });

  it('is the time of the machine plus the offset of a real clock', async () => {
    const clock = createRealClock();
    const real = await startProbe({ bundleDirectory: bundle.folder, clock });
    await real.invoke('echo');

    await clock.advance(7 * 24 * 3_600_000);
    const { now, iso, isDate } = (await real.invoke('now')) as Record<string, unknown>;

    expect(Math.abs(Number(now) - clock.now())).toBeLessThan(1_000);
    expect(Math.abs(Date.parse(String(iso)) - clock.now())).toBeLessThan(1_000);
    expect(isDate).toBe(true);
    expect(await real.invoke('sleep', { ms: 1 })).toEqual(expect.any(Number));
    await real.stop();
  });

  it('stops a function that hangs when a real clock is moved past its limit', async () => {
    const clock = createRealClock();
    const real = await startProbe({ bundleDirectory: bundle.folder, clock });
    await real.invoke('echo');
    const rejected = expect(real.invoke('never')).rejects.toThrow(/error invoking/);
    while (!real.traffic.logs.some(({ text }) => text === 'started')) await nextTurn();

    await clock.advance(25_000);

    await rejected;
    await real.stop();
  });
});

describe('stopping the platform', () => {
  it('ends what runs', async () => {
    const other = await startProbe({ bundleDirectory: bundle.folder });
    const rejected = expect(other.invoke('never')).rejects.toThrow(/error invoking/);

    await other.stop();

    await rejected;
    await expect(other.invoke('echo')).rejects.toThrow(/error invoking/);
  });
});
