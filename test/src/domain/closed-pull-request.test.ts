import { buildView } from '../../../src/domain/build-view';
import {
  buildBinding,
  buildPullRequest,
  buildRecord,
  buildTruth,
  failedGate,
  isoAt,
  olderCommit,
  repositoryUuid,
  startMs,
} from '../../support/app/build-app-data';

const binding = buildBinding();

function viewOf(state: 'OPEN' | 'MERGED', truth: Parameters<typeof buildTruth>[0]) {
  return buildView({
    repositoryUuid,
    pullRequest: buildPullRequest({ state }),
    binding,
    record: buildRecord({ projects: [buildTruth(truth)] }),
    nowMs: startMs,
  });
}

const failure = { since: isoAt(-60_000), message: 'No.', attempts: 1, retryAt: isoAt(0) };

describe('a closed pull request', () => {
  it.each([
    ['pending', { task: { status: 'IN_PROGRESS' as const } }],
    ['unreachable', { failure }],
    ['outdated', { analysis: { commit: olderCommit } }],
    ['failed', { gate: failedGate }],
  ])('[P1] of state %s names no next step, as nothing is read of it any more', (state, truth) => {
    expect(viewOf('OPEN', truth).nextStep).toBeDefined();
    expect(viewOf('MERGED', truth)).toMatchObject({ state });
    expect(viewOf('MERGED', truth).nextStep).toBeUndefined();
  });

  it('[P1] does not say for ever that its analysis is running', () => {
    const view = viewOf('MERGED', { task: { status: 'IN_PROGRESS' } });

    expect(view.reason).toBe('The pull request was closed before its last analysis had ended.');
  });
});

describe('the last known verdict', () => {
  it('[F5] is not made younger by questions that failed', () => {
    const [project] = viewOf('OPEN', {
      failure,
      analysis: {},
      checkedAt: isoAt(0),
    }).projects;

    expect(project?.lastKnown).toEqual({ state: 'passed', at: isoAt(-60_000) });
  });
});
