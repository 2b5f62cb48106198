import type { ErrorBody } from '../../../src/contracts/errors';
import type { PullRequestView } from '../../../src/contracts/verdict';
import { viewFixtures } from '../../support/build-view';

function failure(code: ErrorBody['code']): ErrorBody {
  return { code, message: 'A sentence of the function.' };
}

/** The nine states that row P1 lists, by its own names. */
export const rowStates: Readonly<Record<string, PullRequestView | ErrorBody>> = {
  passed: viewFixtures.passed,
  failed: viewFixtures.failed,
  pending: viewFixtures.pending,
  'never analysed': viewFixtures.notAnalysed,
  stale: viewFixtures.outdated,
  'not bound': viewFixtures.unbound,
  'no permission': failure('FORBIDDEN'),
  'backend down': failure('UNAVAILABLE'),
  'pull request closed': viewFixtures.closed,
};

/** Those and the other states of a verdict and of a call. */
export const allStates: Readonly<Record<string, PullRequestView | ErrorBody>> = {
  ...rowStates,
  'not computed': viewFixtures.notComputed,
  unreachable: viewFixtures.unreachable,
  'not supported': viewFixtures.notSupported,
  'not signed in': failure('NOT_SIGNED_IN'),
  'not found': failure('NOT_FOUND'),
  'rate limited': { ...failure('RATE_LIMITED'), retryAfterSeconds: 20 },
  unexpected: failure('UNEXPECTED'),
};
