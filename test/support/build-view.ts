import type {
  AnalysisTask,
  Condition,
  Issue,
  ProjectVerdict,
  PullRequestView,
} from '../../src/contracts/verdict';

/** The time that built views call now, so that their ages are the same in every run. */
export const viewNow = '2026-03-04T12:00:00.000Z';

const head = '4f2d1c0b9a8e7d6c5b4a39281706f5e4d3c2b1a0';
const older = '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567';

/** ISO time that lies the given minutes before `viewNow`. */
export function minutesAgo(minutes: number): string {
  return new Date(Date.parse(viewNow) - minutes * 60_000).toISOString();
}

export function buildCondition(part: Partial<Condition> = {}): Condition {
  return {
    metricKey: 'new_coverage',
    label: 'Coverage on new code',
    comparator: 'LT',
    requirement: 'at least',
    threshold: '80',
    thresholdText: '80.0%',
    actual: '62.5',
    actualText: '62.5%',
    status: 'failed',
    ...part,
  };
}

export function buildIssue(part: Partial<Issue> = {}): Issue {
  return {
    key: 'AZissue1',
    kind: 'bug',
    severity: 'high',
    message: 'Check for null before "order" is read.',
    rule: 'typescript:S2259',
    path: 'src/checkout/total.ts',
    line: 42,
    ...part,
  };
}

/** `count` issues with keys of their own, worst first. */
export function buildIssues(count: number): Issue[] {
  const severities = ['blocker', 'high', 'medium', 'low', 'info'] as const;
  return Array.from({ length: count }, (_, index) =>
    buildIssue({
      key: `AZissue${index}`,
      severity: severities[Math.floor((index * severities.length) / count)] ?? 'info',
      message: `Finding ${index + 1}`,
      line: index + 1,
    }),
  );
}

const passedConditions: readonly Condition[] = [
  buildCondition({ actual: '91.2', actualText: '91.2%', status: 'passed' }),
  buildCondition({
    metricKey: 'new_duplicated_lines_density',
    label: 'Duplicated lines on new code',
    comparator: 'GT',
    requirement: 'at most',
    threshold: '3',
    thresholdText: '3.0%',
    actual: '0.4',
    actualText: '0.4%',
    status: 'passed',
  }),
  buildCondition({
    metricKey: 'new_violations',
    label: 'New issues',
    comparator: 'GT',
    requirement: 'at most',
    threshold: '0',
    thresholdText: '0',
    actual: '0',
    actualText: '0',
    status: 'passed',
  }),
];

/** A project whose gate passed on the head commit three minutes ago, unless told otherwise. */
export function buildProject(part: Partial<ProjectVerdict> = {}): ProjectVerdict {
  return {
    projectKey: 'acme_shop',
    projectName: 'Acme Shop',
    state: 'passed',
    reason: 'All conditions of the quality gate hold.',
    conditions: [...passedConditions],
    smallChange: false,
    measures: {
      newIssues: 0,
      newHotspots: 0,
      newLines: 124,
      newCoverage: { value: '91.2', text: '91.2%' },
      newDuplication: { value: '0.4', text: '0.4%' },
    },
    issues: [],
    isConcerned: true,
    issueCount: 0,
    issueCountCapped: false,
    analysedCommit: head,
    commitSource: 'server',
    analysedAt: minutesAgo(3),
    dashboardUrl: 'https://sonar.example/dashboard?id=acme_shop&pullRequest=7',
    ...part,
  };
}

/** A project whose gate failed on two conditions, with two new issues. */
export function buildFailedProject(part: Partial<ProjectVerdict> = {}): ProjectVerdict {
  const [, duplication] = passedConditions;
  return buildProject({
    state: 'failed',
    reason: '2 of 3 conditions failed.',
    nextStep: 'Cover the new lines with tests and fix the new issues.',
    conditions: [
      buildCondition(),
      ...(duplication ? [duplication] : []),
      buildCondition({
        metricKey: 'new_violations',
        label: 'New issues',
        requirement: 'at most',
        thresholdText: '0',
        actualText: '2',
      }),
    ],
    measures: {
      newIssues: 2,
      newHotspots: 1,
      newLines: 124,
      newCoverage: { value: '62.5', text: '62.5%' },
      newDuplication: { value: '0.4', text: '0.4%' },
    },
    issues: [
      buildIssue(),
      buildIssue({
        key: 'AZissue2',
        kind: 'codeSmell',
        severity: 'low',
        message: 'Remove this unused import.',
        rule: 'typescript:S1128',
        line: 3,
      }),
    ],
    issueCount: 2,
    ...part,
  });
}

/** A project without any result: nothing measured, nothing checked. */
export function buildEmptyProject(part: Partial<ProjectVerdict> = {}): ProjectVerdict {
  const { projectKey, projectName } = buildProject();
  return {
    projectKey,
    projectName,
    state: 'notAnalysed',
    reason: 'The server has no analysis of this pull request.',
    conditions: [],
    smallChange: false,
    measures: {},
    issues: [],
    isConcerned: true,
    issueCount: 0,
    issueCountCapped: false,
    ...part,
  };
}

export function buildTask(part: Partial<AnalysisTask> = {}): AnalysisTask {
  return { status: 'PENDING', submittedAt: minutesAgo(2), ...part };
}

/** The view of pull request 7 with the given projects; state, reason and next step follow the first. */
export function buildView(
  part: Partial<PullRequestView> = {},
  projects: readonly ProjectVerdict[] = [buildProject()],
): PullRequestView {
  const [first] = projects;
  return {
    pullRequestId: 7,
    pullRequestState: 'OPEN',
    headCommit: head.slice(0, 12),
    state: first?.state ?? 'unbound',
    reason: first?.reason ?? 'No project is bound to this repository.',
    ...(first?.nextStep === undefined ? {} : { nextStep: first.nextStep }),
    projects: [...projects],
    checkedAt: minutesAgo(1),
    knownFrom: 'webhook',
    sequence: 1,
    hides: [],
    refreshing: false,
    now: viewNow,
    channel: 'verdict-7',
    ...part,
  };
}

const lastKnown = { state: 'passed', commit: older, at: minutesAgo(180) } as const;

/** A view for each state of a verdict and for a closed pull request; the error states have no view. */
export const viewFixtures = {
  passed: buildView(),
  failed: buildView({}, [buildFailedProject()]),
  pending: buildView({ knownFrom: 'push', refreshing: true }, [
    buildEmptyProject({
      state: 'pending',
      reason: 'The analysis of commit 4f2d1c0 is running.',
      task: buildTask({ status: 'IN_PROGRESS', startedAt: minutesAgo(1) }),
      lastKnown,
    }),
  ]),
  outdated: buildView({ knownFrom: 'push' }, [
    buildProject({
      state: 'outdated',
      reason: 'The newest analysis is of an older commit.',
      nextStep: 'Run the analysis for the head commit in your pipeline.',
      analysedCommit: older,
      analysedAt: minutesAgo(180),
      lastKnown,
    }),
  ]),
  notAnalysed: buildView({ knownFrom: 'poll' }, [
    buildEmptyProject({
      nextStep: 'Run the analysis in your pipeline with the pull request parameters.',
    }),
  ]),
  notComputed: buildView({ knownFrom: 'poll' }, [
    buildEmptyProject({
      state: 'notComputed',
      reason: 'The server analysed the pull request and computed no gate.',
      nextStep: 'Assign a quality gate to the project.',
      analysedAt: minutesAgo(5),
      commitSource: 'notReported',
    }),
  ]),
  unreachable: buildView({ knownFrom: 'poll' }, [
    buildEmptyProject({
      state: 'unreachable',
      reason: 'The server cannot be asked.',
      nextStep: 'Try again in a few minutes.',
      unreachable: { since: minutesAgo(12), message: 'The server answered 503.' },
      lastKnown: { ...lastKnown, commit: head },
    }),
  ]),
  unbound: buildView(
    {
      nextStep: 'Ask an administrator of the repository to bind it to a project.',
      checkedAt: minutesAgo(0),
    },
    [],
  ),
  notSupported: buildView({ knownFrom: 'poll' }, [
    buildEmptyProject({
      state: 'notSupported',
      reason: 'This edition of the server does not analyse pull requests.',
      nextStep: 'Upgrade the server or turn the merge check off for this repository.',
    }),
  ]),
  closed: buildView({ pullRequestState: 'MERGED' }),
} as const satisfies Readonly<Record<string, PullRequestView>>;
