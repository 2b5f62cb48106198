import fc from 'fast-check';
import type { VerdictState } from '../../../src/contracts/verdict';
import { isSameCommit } from '../../../src/domain/commit-hash';
import { decideVerdict, type Judged } from '../../../src/domain/decide-verdict';
import type { ProjectTruth } from '../../../src/domain/project-truth';
import { combine, worstOf } from '../../../src/domain/verdict-order';
import {
  buildGate,
  buildTruth,
  failedGate,
  headCommit,
  isoAt,
  olderCommit,
} from '../../support/app/build-app-data';

const judged: Judged = {
  headHash: headCommit,
  headSince: isoAt(-600_000),
  insistOnCommit: false,
};
const failure = {
  since: isoAt(-60_000),
  message: 'It did not answer in time.',
  attempts: 1,
  retryAt: isoAt(30_000),
};
const running = { status: 'IN_PROGRESS', submittedAt: isoAt(-1_000) } as const;

describe('the verdict of a project', () => {
  it.each<[VerdictState, string, Partial<ProjectTruth>, Partial<Judged>]>([
    ['passed', 'a gate that is OK for the head', {}, {}],
    ['passed', 'a gate that warns for the head', { gate: buildGate({ status: 'WARN' }) }, {}],
    ['failed', 'a gate that is ERROR for the head', { gate: failedGate }, {}],
    ['pending', 'a running task', { task: running }, {}],
    ['pending', 'a running first analysis', { presence: 'noPullRequest', task: running }, {}],
    ['outdated', 'an analysis of an older commit', { analysis: { commit: olderCommit } }, {}],
    ['outdated', 'a head that Bitbucket does not name', {}, { headHash: undefined }],
    ['notAnalysed', 'a pull request without analysis', { presence: 'noPullRequest' }, {}],
    ['notAnalysed', 'a project that is missing', { presence: 'noProject' }, {}],
    ['notAnalysed', 'a server that was not asked yet', { presence: undefined }, {}],
    ['notComputed', 'a gate that is NONE', { gate: buildGate({ status: 'NONE' }) }, {}],
    ['notComputed', 'a status nobody knows', { gate: buildGate({ status: 'UNKNOWN' }) }, {}],
    ['notComputed', 'an answer without gate', { gate: undefined }, {}],
    ['unreachable', 'a server that cannot be asked', { failure }, {}],
    ['notSupported', 'an edition without pull requests', { presence: 'noPullRequestAnalysis' }, {}],
  ])('[P1] is %s for %s', (state, _, truth, changed) => {
    const decision = decideVerdict(buildTruth(truth), { ...judged, ...changed });

    expect(decision.state).toBe(state);
    expect(decision.reason).toMatch(/\.$/);
    if (state !== 'passed') expect(decision.nextStep).toMatch(/\.$/);
  });

  it('[G7] passes only with a gate that is OK or warns and an analysis of exactly the head', () => {
    const hash = fc.constantFrom(headCommit, olderCommit, headCommit.slice(0, 12));
    const truths = fc.record({
      presence: fc.constantFrom(
        'analysed',
        'noPullRequest',
        'noProject',
        'noPullRequestAnalysis',
        undefined,
      ),
      gate: fc.option(
        fc
          .constantFrom('OK', 'WARN', 'ERROR', 'NONE', 'UNKNOWN')
          .map((status) => buildGate({ status })),
        { nil: undefined },
      ),
      analysis: fc.option(
        fc.record({
          commit: fc.option(hash, { nil: undefined }),
          at: fc.option(fc.integer({ min: -9e6, max: 9e6 }).map(isoAt), { nil: undefined }),
        }),
        { nil: undefined },
      ),
      task: fc.constantFrom(undefined, running, { status: 'FAILED' as const }),
      failure: fc.constantFrom(undefined, failure),
    });
    const against = fc.record({
      headHash: fc.option(hash, { nil: undefined }),
      headSince: fc.option(fc.integer({ min: -9e6, max: 9e6 }).map(isoAt), { nil: undefined }),
      insistOnCommit: fc.boolean(),
    });

    fc.assert(
      fc.property(truths, against, (truth, target) => {
        const { state, commitSource } = decideVerdict(buildTruth(truth), target);
        if (state !== 'passed') return;
        expect(['OK', 'WARN']).toContain(truth.gate?.status);
        expect(truth.presence).toBe('analysed');
        expect(truth.failure).toBeUndefined();
        expect(target.headHash).toBeDefined();
        const { commit, at = '' } = truth.analysis ?? {};
        if (commit !== undefined) expect(isSameCommit(commit, target.headHash)).toBe(true);
        else {
          expect(commitSource).toBe('notReported');
          expect(target.insistOnCommit).toBe(false);
          expect(Date.parse(at)).toBeGreaterThan(Date.parse(target.headSince ?? ''));
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('[G7] counts an analysis without a reported commit when it is newer than the push, and says so', () => {
    const truth = buildTruth({ analysis: { at: isoAt(-300_000) } });

    expect(decideVerdict(truth, judged)).toMatchObject({
      state: 'passed',
      commitSource: 'notReported',
    });
    expect(decideVerdict(truth, { ...judged, headSince: isoAt(-300_000) }).state).toBe('outdated');
    expect(decideVerdict(truth, { ...judged, headSince: undefined }).state).toBe('outdated');
    expect(decideVerdict(truth, { ...judged, insistOnCommit: true }).state).toBe('outdated');
  });

  it('keeps the last known verdict and its commit beside every doubt', () => {
    const lastKnown = { state: 'passed', commit: headCommit, at: isoAt(-300_000) };

    expect(decideVerdict(buildTruth({ failure }), judged).lastKnown).toEqual(lastKnown);
    expect(decideVerdict(buildTruth({ task: running }), judged).lastKnown).toEqual(lastKnown);
    expect(decideVerdict(buildTruth(), { ...judged, headHash: olderCommit }).lastKnown).toEqual(
      lastKnown,
    );
    expect(
      decideVerdict(buildTruth({ failure, gate: undefined }), judged).lastKnown,
    ).toBeUndefined();
  });

  it.each([
    ['FAILED', /failed on the server/],
    ['CANCELED', /cancelled on the server/],
  ] as const)('[F6] says that the newest analysis was %s', (status, words) => {
    const task = { status, endedAt: isoAt(-1_000) };

    const first = decideVerdict(buildTruth({ presence: 'noPullRequest', task }), judged);
    const later = decideVerdict(buildTruth({ task, analysis: { commit: olderCommit } }), judged);

    expect([first.state, later.state]).toEqual(['notAnalysed', 'outdated']);
    expect(first.reason).toMatch(words);
    expect(later.reason).toMatch(words);
  });

  it('[F6] is notAnalysed when the server knows the pull request by a failed task alone', () => {
    const gate = buildGate({ status: 'NONE', conditions: [] });
    const task = { status: 'FAILED', endedAt: isoAt(-1_000) } as const;

    expect(decideVerdict(buildTruth({ gate, analysis: {}, task }), judged)).toMatchObject({
      state: 'notAnalysed',
      nextStep: 'Repair what the message says, then run the analysis again.',
    });
  });

  it('names the key of a project that is missing', () => {
    const { reason } = decideVerdict(buildTruth({ presence: 'noProject' }), judged);

    expect(reason).toContain('"acme_shop"');
  });
});

describe('several verdicts', () => {
  const states: readonly VerdictState[] = [
    'passed',
    'failed',
    'pending',
    'outdated',
    'notAnalysed',
    'notComputed',
    'unreachable',
    'unbound',
    'notSupported',
  ];
  const state = fc.constantFrom(...states);

  it('combine to the worst, whatever their order', () => {
    fc.assert(
      fc.property(state, state, state, (a, b, c) => {
        expect(combine(a, b)).toBe(combine(b, a));
        expect(combine(combine(a, b), c)).toBe(combine(a, combine(b, c)));
        expect(combine(a, a)).toBe(a);
        expect(combine('failed', a)).toBe('failed');
        expect(combine('passed', a)).toBe(a);
      }),
    );
  });

  it('are unbound when there are none', () => {
    expect(worstOf([])).toBe('unbound');
  });
});
