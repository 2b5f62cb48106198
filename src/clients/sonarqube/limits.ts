import type { CallLimits } from '../http/limits';

/** A refresh by hand waits for three of these calls in a row, and two of Bitbucket's, inside the 25 s of a resolver. */
export const sonarQubeCallLimits: CallLimits = {
  timeoutMs: 5_000,
  /** A page of 500 issues has about 1 MB. */
  maxAnswerBytes: 4 * 1024 * 1024,
  maxTries: 2,
  longestWaitMs: 1_000,
};

/** Limits of the Web API (sonarqube.md 3). */
export const SonarQubeLimits = {
  issuesPerPage: 500,
  /** SonarQube Cloud counts no further. */
  cloudTotal: 10_000,
} as const;
