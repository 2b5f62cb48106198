import picomatch from 'picomatch';
import type { BranchRule, BranchTreatment } from '../contracts/settings';

export interface BranchDecision {
  readonly treatment: BranchTreatment;
  /** Place of the rule that decided; absent when none matched. */
  readonly rule?: number | undefined;
}

/**
 * What holds for pull requests into this branch: the first rule whose glob matches decides, and without one the branch is
 * gated. A `*` stays inside one part of a name, as in Bitbucket's own branch patterns; `**` crosses slashes.
 */
export function decideBranch(
  rules: readonly BranchRule[],
  branch: string | undefined,
): BranchDecision {
  if (branch === undefined) return { treatment: 'gated' };
  const rule = rules.findIndex(({ pattern }) => isMatch(pattern, branch));
  const decisive = rules[rule];
  return decisive ? { treatment: decisive.treatment, rule } : { treatment: 'gated' };
}

function isMatch(pattern: string, branch: string): boolean {
  // Names may begin with a dot after a slash, and no pattern is a regular expression or a negation.
  return picomatch(pattern, { dot: true, nonegate: true, noextglob: true })(branch);
}
