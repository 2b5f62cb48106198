import { backOff, isStale, maxAgeMs, toFailure } from '../../../src/domain/freshness';
import {
  buildRecord,
  buildTruth,
  connectionId,
  headCommit,
  isoAt,
  olderCommit,
  projectKey,
  startMs,
} from '../../support/app/build-app-data';

const shown = (state: keyof typeof maxAgeMs | 'unreachable') => ({
  headHash: headCommit.slice(0, 12),
  projects: [{ connectionId, projectKey, state }],
  nowMs: startMs,
});

describe('what is stored', () => {
  it.each(Object.entries(maxAgeMs) as [keyof typeof maxAgeMs, number][])(
    '[F5] of state %s is stale at %i ms and not before',
    (state, ageMs) => {
      const at = (checkedAt: string) => buildRecord({ projects: [buildTruth({ checkedAt })] });

      expect(isStale(at(isoAt(-ageMs)), shown(state))).toBe(true);
      expect(isStale(at(isoAt(-ageMs + 1)), shown(state))).toBe(false);
    },
  );

  it('is stale when there is nothing, another head or another project', () => {
    expect(isStale(undefined, shown('passed'))).toBe(true);
    expect(isStale(buildRecord(), { ...shown('passed'), headHash: olderCommit })).toBe(true);
    expect(isStale(buildRecord({ projects: [] }), shown('passed'))).toBe(true);
  });

  it('of a server that cannot be asked waits for its back-off', () => {
    const failure = { since: isoAt(-90_000), message: '', attempts: 2, retryAt: isoAt(1) };
    const record = buildRecord({ projects: [buildTruth({ failure })] });

    expect(isStale(record, shown('unreachable'))).toBe(false);
    expect(isStale(record, { ...shown('unreachable'), nowMs: startMs + 1 })).toBe(true);
  });
});

describe('a failure', () => {
  const fail = (earlier: Parameters<typeof toFailure>[0], part = {}) =>
    toFailure(earlier, { nowMs: startMs, message: 'No.', needsPerson: false, ...part });
  const waitMs = ({ retryAt }: { retryAt: string }) => Date.parse(retryAt) - startMs;

  it('waits longer each time, up to a limit, and remembers since when', () => {
    const first = fail(undefined);
    const second = toFailure(first, { nowMs: startMs, message: 'No.', needsPerson: false });
    const late = fail({ ...first, attempts: 500 });

    expect(waitMs(first)).toBe(backOff.firstMs);
    expect(waitMs(second)).toBe(2 * backOff.firstMs);
    expect(waitMs(late)).toBe(backOff.longestMs);
    expect(late.since).toBe(first.since);
  });

  it('waits at least as long as the server asked, and long when only a person can help', () => {
    expect(waitMs(fail(undefined, { retryAfterSeconds: 120 }))).toBe(120_000);
    expect(waitMs(fail(undefined, { needsPerson: true }))).toBe(backOff.longestMs);
  });
});
