import type { Condition, ProjectVerdict, VerdictState } from '../../../src/contracts/verdict';
import { toFamilySetting } from '../../../src/domain/condition-family';
import {
  causeSettings,
  decideMerge,
  decideUnbound,
  decideUnreachable,
} from '../../../src/domain/merge-decision';
import { defaultSettings } from '../../../src/domain/settings';

const url = 'https://sonarcloud.io/dashboard?id=shop&pullRequest=7';

function buildCondition(metricKey: string, part: Partial<Condition> = {}): Condition {
  return {
    metricKey,
    label: `Metric ${metricKey}`,
    comparator: 'GT',
    requirement: 'at most',
    thresholdText: '0',
    actualText: '3',
    status: 'failed',
    ...part,
  };
}

function buildVerdict(state: VerdictState, part: Partial<ProjectVerdict> = {}): ProjectVerdict {
  return {
    projectKey: 'shop',
    projectName: 'Shop',
    state,
    reason: `It is ${state}.`,
    nextStep: 'Do something.',
    conditions: [],
    smallChange: false,
    measures: {},
    issues: [],
    isConcerned: true,
    issueCount: 0,
    issueCountCapped: false,
    dashboardUrl: url,
    ...part,
  };
}

const failedBy = (...metricKeys: string[]) =>
  buildVerdict('failed', { conditions: metricKeys.map((key) => buildCondition(key)) });

describe('the merge decision', () => {
  const causes = Object.entries(causeSettings) as [
    Exclude<VerdictState, 'passed'>,
    (typeof causeSettings)[keyof typeof causeSettings],
  ][];

  it.each(causes)('[G4] in state %s does what the setting %s says', (...[state, name]) => {
    const decide = (mode: 'block' | 'pass') => {
      const settings = { ...defaultSettings, [name]: mode };
      return state === 'unbound'
        ? decideUnbound(settings)
        : decideMerge([buildVerdict(state)], settings);
    };

    expect(decide('block').success).toBe(false);
    expect(decide('pass').success).toBe(true);
    expect(decide('block').message).not.toBe('');
  });

  it('[G4] by default lets only an unbound repository pass without data', () => {
    const passing = causes.filter(([state]) =>
      state === 'unbound'
        ? decideUnbound(defaultSettings).success
        : decideMerge([buildVerdict(state)], defaultSettings).success,
    );

    expect(passing.map(([state]) => state)).toEqual(['unbound']);
  });

  it('[G4] gives a hint to try again while the server cannot be asked', () => {
    const { message } = decideMerge([buildVerdict('unreachable')], defaultSettings);

    expect(message).toMatch(/Try the merge again/);
    expect(decideUnreachable({ whenUnreachable: 'block' }, 'It hangs.')).toEqual({
      success: false,
      message: 'It hangs. Try the merge again in a few minutes.',
    });
    expect(decideUnreachable({ whenUnreachable: 'pass' }, 'It hangs.').success).toBe(true);
  });

  it('[G1] passes a green gate and says so', () => {
    expect(decideMerge([buildVerdict('passed')], defaultSettings)).toEqual({
      success: true,
      message: 'The quality gate passed.',
    });
  });

  it('[G1] names at most three failed conditions, how many more there are, and the link', () => {
    const { success, message } = decideMerge(
      [failedBy('new_bugs', 'new_coverage', 'new_violations', 'new_duplicated_lines_density')],
      defaultSettings,
    );

    expect(success).toBe(false);
    expect(message.match(/Metric/g)).toHaveLength(3);
    expect(message).toContain('and 1 more');
    expect(message.endsWith(` ${url}`)).toBe(true);
    expect(message).not.toMatch(/\n/);
  });

  it('[G1] keeps the link whole when the text is cut', () => {
    const conditions = [1, 2, 3].map((each) =>
      buildCondition(`new_bugs_${each}`, { label: 'x'.repeat(300) }),
    );

    const { message } = decideMerge([buildVerdict('failed', { conditions })], defaultSettings);

    expect(message.endsWith(`… ${url}`)).toBe(true);
    expect(message.length).toBeLessThan(500);
  });

  const families = [
    ['new_security_rating', 'securityConditions'],
    ['new_vulnerabilities', 'securityConditions'],
    ['new_security_hotspots_reviewed', 'securityConditions'],
    ['new_software_quality_security_issues', 'securityConditions'],
    ['new_sca_severity_any_issue', 'securityConditions'],
    ['new_reliability_rating', 'reliabilityConditions'],
    ['new_bugs', 'reliabilityConditions'],
    ['new_maintainability_rating', 'maintainabilityConditions'],
    ['new_code_smells', 'maintainabilityConditions'],
    ['new_sqale_debt_ratio', 'maintainabilityConditions'],
    ['new_technical_debt', 'maintainabilityConditions'],
    ['new_violations', 'issueConditions'],
    ['new_software_quality_blocker_issues', 'issueConditions'],
    ['new_coverage', 'coverageConditions'],
    ['new_line_coverage', 'coverageConditions'],
    ['new_uncovered_lines', 'coverageConditions'],
    ['new_duplicated_lines_density', 'duplicationConditions'],
    ['new_lines', 'otherConditions'],
    ['a_metric_of_next_year', 'otherConditions'],
  ] as const;

  it.each(families)('[G3] puts %s into the family %s', (...[metricKey, family]) => {
    expect(toFamilySetting(metricKey)).toBe(family);
  });

  const oneOfEach = [...new Map(families.map(([key, family]) => [family, key])).entries()];

  it.each(oneOfEach)('[G3] blocks, warns about or ignores a condition of %s', (...each) => {
    const [family, metricKey] = each;
    const decide = (mode: 'block' | 'warn' | 'ignore') =>
      decideMerge([failedBy(metricKey)], { ...defaultSettings, [family]: mode });

    expect(decide('block')).toMatchObject({ success: false });
    expect(decide('warn')).toMatchObject({
      success: true,
      message: expect.stringContaining(`Metric ${metricKey}`) as string,
    });
    expect(decide('ignore').success).toBe(true);
    expect(decide('ignore').message).not.toContain(metricKey);
  });

  it('[G3] blocks over the worst of the families, and names only what blocks', () => {
    const settings = { ...defaultSettings, coverageConditions: 'warn' } as const;

    const decided = decideMerge([failedBy('new_coverage', 'new_bugs')], settings);

    expect(decided.success).toBe(false);
    expect(decided.message).toContain('Metric new_bugs');
    expect(decided.message).not.toContain('new_coverage');
  });

  it('[G3] blocks a gate that failed without naming a condition', () => {
    const settings = { ...defaultSettings, otherConditions: 'ignore' } as const;

    expect(decideMerge([buildVerdict('failed')], settings).success).toBe(false);
  });

  it('[N1] blocks when one of several projects does, in any order', () => {
    const projects = [
      buildVerdict('passed', { projectName: 'A' }),
      { ...failedBy('new_bugs'), projectName: 'B' },
      buildVerdict('passed', { projectName: 'C' }),
    ];
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ];

    const decisions = orders.map((order) =>
      decideMerge(
        order.flatMap((place) => projects[place] ?? []),
        defaultSettings,
      ),
    );

    expect(decisions.every(({ success }) => !success)).toBe(true);
    expect(new Set(decisions.map(({ message }) => message)).size).toBe(1);
    expect(decisions[0]?.message).toContain('B: The quality gate failed');
  });
});
