import fc from 'fast-check';
import type { Issue, ProjectVerdict, VerdictState } from '../../../src/contracts/verdict';
import { buildAnnotations } from '../../../src/domain/build-annotations';
import { buildPublication, type DesiredInput } from '../../../src/domain/build-publication';
import { toPublicLink } from '../../../src/domain/public-link';
import { defaultSettings } from '../../../src/domain/settings';
import {
  AnnotationInput,
  ReportInput,
  StatusInput,
} from '../../../host/bitbucket/api/code-insights-input';
import {
  toAnnotationBody,
  toBuildStatusBody,
  toReportBody,
} from '../../../src/clients/bitbucket/to-code-insights';
import {
  buildIssueList,
  connectionId,
  identity,
  workspaceUuid,
} from '../../support/app/build-app-data';

const dashboardUrl = 'https://sonar.example.org/sonar/dashboard?id=shop&pullRequest=7';

function buildVerdict(part: Partial<ProjectVerdict> = {}): ProjectVerdict {
  return {
    projectKey: 'shop',
    projectName: 'Shop',
    state: 'failed',
    reason: 'The quality gate failed for the head commit.',
    conditions: [],
    smallChange: false,
    measures: {},
    issues: [],
    isConcerned: true,
    issueCount: 0,
    issueCountCapped: false,
    dashboardUrl,
    ...part,
  };
}

function build(part: Partial<DesiredInput> = {}) {
  return buildPublication({
    address: { workspaceUuid, ...identity },
    connectionId,
    verdict: buildVerdict(),
    issues: [],
    settings: defaultSettings,
    sourceBranch: 'feature/cart',
    stored: undefined,
    ...part,
  });
}

const text = fc.oneof(
  fc.string({ maxLength: 30, unit: 'binary' }),
  fc.string({ minLength: 400, maxLength: 900, unit: 'grapheme' }),
  fc.constantFrom('', ' ', '\n\t', '\u0000', '\uD800', '😀'.repeat(300)),
);
const issue: fc.Arbitrary<Issue> = fc.record(
  {
    key: fc.string({ minLength: 1, maxLength: 60 }),
    kind: fc.constantFrom('bug', 'vulnerability', 'codeSmell', 'hotspot'),
    severity: fc.constantFrom('blocker', 'high', 'medium', 'low', 'info'),
    message: text,
    rule: text,
    path: fc.oneof(text, fc.constantFrom('/etc/x', './a', '..\\b', '//c', 'src/ü.ts')),
    line: fc.oneof(fc.integer(), fc.double(), fc.constantFrom(0, -1, 1e12)),
  },
  { requiredKeys: ['key', 'kind', 'severity', 'message', 'rule'] },
);
const anyUrl = fc.constantFrom(
  dashboardUrl,
  undefined,
  '',
  'http://localhost:9000/dashboard?id=a',
  'https://sonar/dashboard',
  'ftp://a.example/x',
  'javascript:alert(1)',
  'https://user:secret@a.example/dashboard',
);

describe('what is published', () => {
  it('[A3] makes 5,000 random issues into annotations that Bitbucket takes', () => {
    let made = 0;
    fc.assert(
      fc.property(fc.array(issue, { minLength: 50, maxLength: 50 }), anyUrl, (issues, url) => {
        const annotations = buildAnnotations(issues, url);
        made += issues.length;

        const bodies = annotations.map(toAnnotationBody);
        expect(bodies.flatMap((body) => AnnotationInput.safeParse(body).error ?? [])).toEqual([]);
        expect(new Set(bodies.map((body) => body.external_id)).size).toBe(bodies.length);
      }),
      { numRuns: 100 },
    );
    expect(made).toBe(5_000);
  });

  it('[A3] makes reports and statuses that Bitbucket takes, whatever the server names', () => {
    const states: VerdictState[] = ['passed', 'failed', 'pending', 'notComputed', 'outdated'];
    fc.assert(
      fc.property(fc.constantFrom(...states), text, text, anyUrl, (state, name, reason, url) => {
        const desired = build({
          verdict: buildVerdict({
            state,
            projectName: name,
            reason,
            dashboardUrl: url,
            measures: { newCoverage: { value: name, text: name } },
          }),
          settings: { ...defaultSettings, buildStatus: 'verdict' },
        });

        const { report, buildStatus } = desired ?? {};
        if (!report || !buildStatus) throw new Error('Nothing is published.');
        expect(ReportInput.safeParse(toReportBody(report)).error).toBeUndefined();
        expect(StatusInput.safeParse(toBuildStatusBody(buildStatus)).error).toBeUndefined();
      }),
    );
  });

  it.each([
    ['http://localhost:9000/x', undefined],
    ['http://127.0.0.1/x', undefined],
    ['http://10.1.2.3/x', undefined],
    ['https://[::1]/x', undefined],
    ['https://sonar/x', undefined],
    ['https://sonar.local/x', undefined],
    ['http://100.64.0.1/x', undefined],
    ['https://sonar.home.arpa/x', undefined],
    ['https://[2001:db8::1]/x', undefined],
    ['file:///etc/passwd', undefined],
    ['https://a:b@sonar.example.org/', undefined],
    ['not a link', undefined],
    ['https://sonar.example.org/sonar/x', 'https://sonar.example.org/sonar/x'],
  ])('[A3] lets %s be linked as %s', (...[given, link]) => {
    expect(toPublicLink(given)).toBe(link);
  });

  it('[A2] takes the 1,000 worst of 1,734 issues and says how many more there are', () => {
    const issues = buildIssueList(1_734).map((each, index) => ({
      ...each,
      severity: index < 900 ? ('low' as const) : ('blocker' as const),
    }));

    const desired = build({ issues, verdict: buildVerdict({ issueCount: 1_734 }) });

    const severities = desired?.annotations.map(({ severity }) => severity) ?? [];
    expect(severities).toHaveLength(1_000);
    expect(severities.slice(0, 834)).toEqual(Array.from({ length: 834 }, () => 'CRITICAL'));
    expect(desired?.report?.details).toContain('734 more are on the server');
    expect(desired?.report?.link).toBe(dashboardUrl);
  });

  it('[A2] leads from each annotation to its issue, with the context path of the server', () => {
    const [bug] = buildAnnotations(buildIssueList(1), dashboardUrl);
    const [hotspot] = buildAnnotations(
      buildIssueList(1).map((each) => ({ ...each, kind: 'hotspot' as const })),
      dashboardUrl,
    );

    expect(bug?.link).toBe(
      'https://sonar.example.org/sonar/project/issues?id=shop&pullRequest=7&open=issue-0000',
    );
    expect(hotspot?.link).toBe(
      'https://sonar.example.org/sonar/security_hotspots?id=shop&pullRequest=7&hotspots=issue-0000',
    );
  });

  it.each([
    ['passed', 'PASSED'],
    ['failed', 'FAILED'],
    ['pending', 'PENDING'],
    ['outdated', 'PENDING'],
    ['notAnalysed', 'PENDING'],
    ['notComputed', 'PENDING'],
  ] as const)('[A1] reports state %s as %s', (...[state, result]) => {
    expect(build({ verdict: buildVerdict({ state }) })?.report?.result).toBe(result);
  });

  it('[A1] leaves what is known as it is while the server cannot be asked', () => {
    const verdict = buildVerdict({ state: 'unreachable' });
    const stored = {
      ...identity,
      connectionId,
      projectKey: 'shop',
      sequence: 1,
      commit: 'a'.repeat(40),
      state: 'written',
      reportDigest: 'known',
      annotations: {},
      at: '2026-01-01T00:00:00.000Z',
    } as const;

    expect(build({ verdict, stored })).toBeUndefined();
    expect(build({ verdict })?.report?.result).toBe('PENDING');
  });

  it('[A1] has an id of its own for each project and pull request', () => {
    const ids = [
      build(),
      build({ connectionId: 'other' }),
      build({ verdict: buildVerdict({ projectKey: 'other' }) }),
      build({ address: { workspaceUuid, ...identity, pullRequestId: 8 } }),
    ].map((desired) => desired?.reportId);

    expect(new Set(ids).size).toBe(4);
    expect(ids.every((id) => id?.startsWith('gatehouse-'))).toBe(true);
    expect(build()?.reportId).toBe(build()?.reportId);
  });

  it('[A4] writes no build status unless it was switched on', () => {
    expect(build()?.buildStatus).toBeUndefined();
  });

  it.each([
    ['verdict', 'passed', 'SUCCESSFUL'],
    ['verdict', 'failed', 'FAILED'],
    ['verdict', 'pending', 'INPROGRESS'],
    ['verdict', 'notComputed', 'FAILED'],
    ['reportOnly', 'failed', 'SUCCESSFUL'],
    ['reportOnly', 'pending', 'SUCCESSFUL'],
  ] as const)('[A4] in mode %s shows state %s as %s', (...[buildStatus, state, expected]) => {
    const desired = build({
      verdict: buildVerdict({ state }),
      settings: { ...defaultSettings, buildStatus },
    });

    expect(desired?.buildStatus).toMatchObject({ state: expected, refname: 'feature/cart' });
  });

  it('[A4] blocks nothing that the merge check lets pass', () => {
    const settings = { ...defaultSettings, buildStatus: 'verdict', whenFailed: 'pass' } as const;

    expect(build({ settings })?.buildStatus?.state).toBe('SUCCESSFUL');
  });

  it('[A4] keeps one key for a repository and project, of at most 40 characters', () => {
    const keyOf = (part: Partial<DesiredInput>) =>
      build({ settings: { ...defaultSettings, buildStatus: 'verdict' }, ...part })?.buildStatus
        ?.key ?? '';

    expect(keyOf({})).toBe(
      keyOf({ address: { workspaceUuid, ...identity, pullRequestId: 8 }, sourceBranch: 'other' }),
    );
    expect(keyOf({})).not.toBe(keyOf({ verdict: buildVerdict({ projectKey: 'x'.repeat(400) }) }));
    expect(keyOf({ verdict: buildVerdict({ projectKey: 'x'.repeat(400) }) }).length).toBeLessThan(
      41,
    );
  });
});
