import fc from 'fast-check';
import {
  admit,
  bitbucketCredential,
  countCalls,
  failuresToClose,
  noCalls,
  toCallState,
  toLimit,
  withFailure,
  withSuccess,
  type CallRecord,
} from '../../../src/domain/call-budget';

const hourMs = 3_600_000;
const demand = fc.record({
  afterMs: fc.integer({ min: 0, max: 400_000 }),
  calls: fc.integer({ min: 1, max: 60 }),
  isBackground: fc.boolean(),
});

describe('a budget of calls', () => {
  it('[Q1] is never passed within any hour, and background leaves its part to people', () => {
    fc.assert(
      fc.property(fc.array(demand, { maxLength: 120 }), (demands) => {
        let record: CallRecord = noCalls;
        let nowMs = 1_000_000_000;
        const made: { atMs: number; calls: number; isBackground: boolean }[] = [];
        for (const { afterMs, calls, isBackground } of demands) {
          nowMs += afterMs;
          const admission = admit(bitbucketCredential, record, { calls, isBackground, nowMs });
          if (!admission.isAdmitted) continue;
          ({ record } = admission);
          made.push({ atMs: nowMs, calls, isBackground });
        }
        for (const { atMs: endMs } of made) {
          const within = made.filter(({ atMs }) => atMs > endMs - hourMs && atMs <= endMs);
          const sum = within.reduce((total, { calls }) => total + calls, 0);
          expect(sum).toBeLessThanOrEqual(toLimit(bitbucketCredential, record));
        }
      }),
    );
  });

  it('[Q1] has calls for people left when background has used its part', () => {
    const nowMs = 5 * hourMs;
    const used = admit(bitbucketCredential, noCalls, { calls: 540, isBackground: true, nowMs });
    if (!used.isAdmitted) throw new Error('The first calls are free.');
    const next = (isBackground: boolean) =>
      admit(bitbucketCredential, used.record, { calls: 3, isBackground, nowMs });

    expect(next(true)).toMatchObject({ isAdmitted: false, why: 'spent' });
    expect(next(false).isAdmitted).toBe(true);
    expect(toCallState(bitbucketCredential, used.record, nowMs)).toBe('backgroundWaits');
  });

  it('[Q1] follows the limit that Bitbucket names', () => {
    expect(toLimit(bitbucketCredential, noCalls)).toBe(900);
    expect(toLimit(bitbucketCredential, { ...noCalls, limit: 2_500 })).toBe(2_250);
  });

  it('[Q1] forgets what is older than an hour', () => {
    const nowMs = 5 * hourMs;
    const used = admit(bitbucketCredential, noCalls, { calls: 900, isBackground: false, nowMs });
    if (!used.isAdmitted) throw new Error('The first calls are free.');

    expect(countCalls(used.record, nowMs + hourMs - 1)).toBe(900);
    expect(countCalls(used.record, nowMs + hourMs + 300_000)).toBe(0);
  });
});

describe('a circuit', () => {
  const nowMs = 5 * hourMs;
  const fail = (record: CallRecord, part: Partial<Parameters<typeof withFailure>[1]> = {}) =>
    withFailure(record, { isRateLimit: false, chance: 0, nowMs, ...part });
  const failing = (times: number) =>
    Array.from({ length: times }).reduce<CallRecord>((record) => fail(record), noCalls);
  const isAdmitted = (record: CallRecord, atMs: number) =>
    admit(bitbucketCredential, record, { calls: 1, isBackground: false, nowMs: atMs }).isAdmitted;

  it('[Q1] closes after several failures in a row, for longer each time, and opens with a success', () => {
    expect(failing(failuresToClose - 1).closedUntilMs).toBeUndefined();
    const first = failing(failuresToClose);
    const second = fail(first);
    expect([first.closedUntilMs, second.closedUntilMs]).toEqual([nowMs + 30_000, nowMs + 60_000]);
    expect(failing(40).closedUntilMs).toBe(nowMs + 15 * 60_000);
    expect(withSuccess(second)).toEqual({ ...noCalls, failures: 0 });
    expect(withSuccess(noCalls)).toBe(noCalls);
  });

  it('[Q1] closes at once after a 429, as long as the service asks, or for minutes', () => {
    const limited = { isRateLimit: true } as const;

    expect(fail(noCalls, limited).closedUntilMs).toBe(nowMs + 120_000);
    expect(fail(noCalls, { ...limited, retryAfterSeconds: 300 }).closedUntilMs).toBe(
      nowMs + 300_000,
    );
    expect(fail(noCalls, { ...limited, chance: 1 }).closedUntilMs).toBe(nowMs + 144_000);
  });

  it('[Q1] lets one try first when the time is over, and the others after it', () => {
    const closed = failing(failuresToClose);
    expect(isAdmitted(closed, nowMs + 29_999)).toBe(false);

    const trial = admit(bitbucketCredential, closed, {
      calls: 1,
      isBackground: false,
      nowMs: nowMs + 30_000,
    });

    if (!trial.isAdmitted) throw new Error('One may try.');
    expect(isAdmitted(trial.record, nowMs + 30_001)).toBe(false);
    expect(isAdmitted(withSuccess(trial.record), nowMs + 30_001)).toBe(true);
    expect(fail(trial.record).closedUntilMs).toBeGreaterThan(nowMs + 30_001);
  });
});
