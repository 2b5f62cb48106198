import type { DoctorCheck, DoctorStep } from '@contracts/doctor';
import type {
  AnalysisTask,
  Condition,
  Issue,
  IssueSeverity,
  VerdictState,
} from '@contracts/verdict';

import type { RefreshNotice } from '../live/live-view';
import { stateWords } from '../texts';

// The words of what loads after the verdict; see ../texts.ts.

/** Why the list of conditions is empty, by state. */
export const noConditions: Readonly<Record<VerdictState, string>> = {
  passed: 'The gate has no conditions.',
  failed: 'The server named no condition.',
  pending: 'The conditions appear when the analysis has ended.',
  outdated: 'The conditions appear when the head commit is analysed.',
  notAnalysed: 'The server has no analysis of this pull request to check conditions against.',
  notComputed: 'The server checked no conditions in this analysis.',
  unreachable: 'The conditions appear when the server answers again.',
  unbound: 'No project is bound to this repository, so there is no gate to check.',
  notSupported: 'The server checks no conditions for this pull request.',
};

export const conditionWords: Readonly<Record<Condition['status'], string>> = {
  passed: 'Passed',
  failed: 'Failed',
  notEnforced: 'Not enforced',
};

export const severityWords: Readonly<Record<IssueSeverity, string>> = {
  blocker: 'Blocker',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  info: 'Info',
};

export const kindWords: Readonly<Record<Issue['kind'], string>> = {
  bug: 'Bug',
  vulnerability: 'Vulnerability',
  codeSmell: 'Code smell',
  hotspot: 'Security hotspot',
};

export const taskWords: Readonly<Record<AnalysisTask['status'], string>> = {
  PENDING: 'Analysis queued',
  IN_PROGRESS: 'Analysis running',
  FAILED: 'Analysis failed',
  CANCELED: 'Analysis canceled',
};

/** What a refresh by hand came to. */
export function refreshText({ outcome, retryAfterSeconds }: RefreshNotice): string {
  switch (outcome) {
    case 'changed':
      return 'Updated';
    case 'unchanged':
      return 'Nothing changed';
    case 'inProgress':
      return 'Already updating';
    case 'tooSoon':
      return `Try again in ${retryAfterSeconds ?? 10} s`;
  }
  return outcome satisfies never;
}

export const outcomeWords: Readonly<Record<DoctorCheck['outcome'], string>> = {
  ok: 'Good',
  problem: 'Broken',
  warning: 'Look',
  notReached: 'Not looked at',
};

export const stepWords: Readonly<Record<DoctorStep, string>> = {
  pullRequest: 'Pull request.',
  binding: 'Binding.',
  branchRule: 'Branch rule.',
  connection: 'Connection.',
  server: 'Server.',
  token: 'Token.',
  edition: 'Edition.',
  project: 'Project.',
  analysis: 'Analysis.',
  commit: 'Commit.',
  gate: 'Quality gate.',
  webhook: 'Webhook.',
};

export const detailTexts = {
  why: 'Find out why',
  looking: 'Looking…',
  lookAgain: 'Look again',
  doctor: (project: string | undefined) =>
    project === undefined
      ? 'From the pull request to its verdict'
      : `How ${project} gets its verdict`,
  doctorFailed: 'This could not be looked at. Try again in a minute.',

  openDashboard: 'Open in SonarQube',
  newTab: 'opens in a new tab',

  refresh: 'Refresh',
  refreshing: 'Refreshing…',
  reReading: 'Updating…',
  retry: 'Try again',
  retryIn: (seconds: number) => `The next try is in ${seconds} s.`,
  shownBelow: 'Below is what was last known.',
  stateChanged: (state: VerdictState, reason: string) =>
    `Quality gate: ${stateWords[state]}. ${reason}`,

  conditions: 'Conditions',
  metric: 'Metric',
  value: 'Value',
  required: 'Required',
  status: 'Status',
  smallChange:
    'Fewer than 20 lines are new, so the server does not enforce coverage and duplication.',
  notReported:
    'Commit not reported: the server did not say which commit it analysed. The analysis is newer than the last push, so it counts for the head commit.',

  issues: 'New issues',
  noIssues: 'No new issues.',
  noIssueData: 'The server has no list of new issues yet.',
  showAll: (shown: string) => `Show all ${shown} issues`,
  showFewer: 'Show fewer issues',
  loadingIssues: 'Loading issues…',
  issuesFailed: 'The issues could not be loaded.',
  partOfIssues: (listed: string, total: string) => `${listed} of ${total} issues are listed here.`,
  filters: 'Filter the issues',
  mine: 'Only mine',
  findingOwn: 'Finding out which are yours…',
  ownFailed: 'Which are yours could not be found out, so all are shown.',
  severity: 'Severity',
  kind: 'Kind',
  file: 'File',
  all: 'All',
  matching: (shown: string, known: string) => `${shown} of ${known} issues match.`,
  outside: 'Outside this change',
  opensDiff: 'opens the line in the diff',
  allIssues: (project: string) => `All new issues of ${project}`,

  queuedAt: 'Queued',
  startedAt: 'Started',
  endedAt: 'Ended',
  lastKnown: 'Last known',
  lastKnownFor: 'for',
  unreachableSince: 'Not reachable since',
} as const;
