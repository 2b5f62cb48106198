import type { KnownFrom, PullRequestView, VerdictState } from '@contracts/verdict';

// Every word that these pages add to the server's own. Another language is another object of this shape.

function plural(value: number, shown: string, one: string, other: string): string {
  return `${shown} ${value === 1 ? one : other}`;
}

export const stateWords: Readonly<Record<VerdictState, string>> = {
  passed: 'Passed',
  failed: 'Failed',
  pending: 'Pending',
  outdated: 'Outdated',
  notAnalysed: 'Not analysed',
  notComputed: 'Not computed',
  unreachable: 'Unreachable',
  unbound: 'Not bound',
  notSupported: 'Not supported',
};

export const sourceWords: Readonly<Record<KnownFrom, string>> = {
  webhook: 'a webhook of the server',
  poll: 'a regular check',
  manual: 'a refresh by hand',
  push: 'a push',
};

/** Shown while the pull request can no longer be merged; nothing for an open one. */
export const closedNotes: Readonly<Record<PullRequestView['pullRequestState'], string>> = {
  OPEN: '',
  MERGED: 'This pull request is merged. This is its last verdict.',
  DECLINED: 'This pull request is declined. This is its last verdict.',
  SUPERSEDED: 'This pull request is superseded. This is its last verdict.',
};

export const texts = {
  openDashboard: 'Open in SonarQube',
  newTab: 'opens in a new tab',

  next: 'Next step',
  noData: 'No data',
  noMeasures: 'No measures on new code yet.',
  newIssues: 'New issues',
  hotspots: 'Security hotspots',
  coverage: 'Coverage',
  duplication: 'Duplication',
  onNewCode: 'on new code',

  failedConditions: (count: number, shown: string) =>
    plural(count, shown, 'failed condition', 'failed conditions'),
  needs: (requirement: string, threshold: string) => `needs ${requirement} ${threshold}`,

  commit: 'Commit',
  headCommit: 'Head commit',
  analysed: 'Analysed',
  checked: 'Checked',
  knownFrom: 'Known from',
  notYet: 'Not yet',
  partMissing: 'Part of this page could not be loaded. Reload the page to see it.',
  switchedOff:
    'The quality gate is not shown here: an administrator switched it off in the settings of the repository.',
  unknownCommit: 'Not reported',
} as const;
