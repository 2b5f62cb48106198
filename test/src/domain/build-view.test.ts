import { PullRequestView } from '../../../src/contracts/verdict';
import { buildView } from '../../../src/domain/build-view';
import {
  boundProject,
  buildBinding,
  buildGate,
  buildGateCondition,
  buildPullRequest,
  buildRecord,
  buildTruth,
  headCommit,
  isoAt,
  olderCommit,
  repositoryUuid,
  startMs,
} from '../../support/app/build-app-data';

const binding = buildBinding();

function view(part: Partial<Parameters<typeof buildView>[0]> = {}) {
  const pullRequest = buildPullRequest();
  const built = buildView({
    repositoryUuid,
    pullRequest,
    binding,
    record: buildRecord(),
    nowMs: startMs,
    ...part,
  });
  return PullRequestView.parse(built);
}

describe('the view of a pull request', () => {
  it('[F5] shows commit, time and source of what is known', () => {
    expect(view()).toMatchObject({
      state: 'passed',
      headCommit: headCommit.slice(0, 12),
      checkedAt: isoAt(0),
      knownFrom: 'poll',
      now: isoAt(0),
      projects: [
        { analysedCommit: headCommit, commitSource: 'server', analysedAt: isoAt(-300_000) },
      ],
    });
  });

  it('[P2] lists exactly the conditions that the gate checked', () => {
    const metricKeys = ['new_line_coverage', 'new_violations', 'my_own_metric'];
    const gate = buildGate({
      conditions: metricKeys.map((metricKey) => buildGateCondition({ metricKey })),
    });

    const [project] = view({ record: buildRecord({ projects: [buildTruth({ gate })] }) }).projects;

    expect(project?.conditions.map(({ metricKey }) => metricKey)).toEqual(metricKeys);
  });

  it('[G7] turns outdated as soon as Bitbucket names another head', () => {
    const pullRequest = buildPullRequest({ headHash: olderCommit.slice(0, 12) });

    expect(view({ pullRequest })).toMatchObject({
      state: 'outdated',
      projects: [{ lastKnown: { state: 'passed', commit: headCommit } }],
    });
  });

  it('[G7] does not apply the time of one head to another', () => {
    const record = buildRecord({ projects: [buildTruth({ analysis: { at: isoAt(-1) } })] });
    const pullRequest = buildPullRequest({ headHash: olderCommit.slice(0, 12) });

    expect(view({ record }).state).toBe('passed');
    expect(view({ record, pullRequest }).state).toBe('outdated');
  });

  it('[P1] is unbound without a binding, and says what to do', () => {
    expect(view({ binding: undefined, record: undefined })).toMatchObject({
      state: 'unbound',
      projects: [],
      nextStep: 'Ask a repository administrator to bind it.',
    });
  });

  it.each(['MERGED', 'DECLINED', 'SUPERSEDED'] as const)(
    '[P1] keeps the last verdict of a pull request that is %s',
    (state) => {
      expect(view({ pullRequest: buildPullRequest({ state }) })).toMatchObject({
        pullRequestState: state,
        state: 'passed',
      });
    },
  );

  it('says when a pull request was closed before it was read', () => {
    const pullRequest = buildPullRequest({ state: 'MERGED' });

    expect(view({ pullRequest, record: undefined }).reason).toContain('closed before');
  });

  it('[P1] does not support forks and shows nothing of them', () => {
    const pullRequest = buildPullRequest({ isFork: true });

    expect(view({ pullRequest })).toMatchObject({
      state: 'notSupported',
      projects: [{ conditions: [], issues: [], measures: {} }],
    });
  });

  it('ignores what is stored of a project that is no longer bound', () => {
    const record = buildRecord({ projects: [buildTruth({ projectKey: 'another' })] });

    expect(view({ record })).toMatchObject({ state: 'notAnalysed' });
    expect(view({ record }).checkedAt).toBeUndefined();
  });

  it('names the project that decides when there are several', () => {
    const projects = [
      ...binding.projects,
      { ...boundProject, projectKey: 'acme_api', projectName: 'Acme API' },
    ];

    const { state, reason } = view({ binding: { ...binding, projects } });

    expect(state).toBe('notAnalysed');
    expect(reason).toMatch(/^Acme API: /);
  });
});
