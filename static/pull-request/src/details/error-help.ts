import type { FailureCode } from '../../../shared/bridge/call';

/** What a person reads when a call failed: the title names the trouble, the help says what to do. */
export interface ErrorHelp {
  readonly title: string;
  readonly help: string;
}

// One text for both, so that the page does not tell whether the pull request exists.
const denied: ErrorHelp = {
  title: 'Nothing to show here',
  help: 'This pull request does not exist, or you have no permission to read it. Ask an administrator of the repository for access.',
};

/** Help for every code that a procedure can answer with; pages never read messages to decide. */
export const errorHelp: Readonly<Record<FailureCode, ErrorHelp>> = {
  NOT_FOUND: denied,
  FORBIDDEN: denied,
  NOT_SIGNED_IN: {
    title: 'You are not signed in',
    help: 'Sign in to Bitbucket, then reload the page.',
  },
  RATE_LIMITED: {
    title: 'Too many requests',
    help: 'Wait a moment. Gatehouse asks again by itself.',
  },
  UNAVAILABLE: {
    title: 'The quality gate cannot be read right now',
    help: 'A service did not answer. Gatehouse asks again by itself.',
  },
  PLATFORM: {
    title: 'Gatehouse did not answer',
    help: 'Bitbucket could not run the app. Gatehouse asks again by itself.',
  },
  CONFLICT: {
    title: 'Something else changed at the same moment',
    help: 'Try again.',
  },
  INVALID_INPUT: {
    title: 'This page names no pull request',
    help: 'Reload the page. If this stays, tell a workspace administrator.',
  },
  UNEXPECTED: {
    title: 'Something went wrong',
    help: 'Try again. If this stays, tell a workspace administrator when it happened.',
  },
};
