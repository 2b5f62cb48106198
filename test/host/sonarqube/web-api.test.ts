import { buildIssue, error, gateOf42, headCommit, outcome, setUp, setUpAnalysed } from './support';

const hotspot = buildIssue({
  key: 'hotspot',
  rule: 'security:detect-child-process',
  kind: 'SECURITY_HOTSPOT',
  severity: 'CRITICAL',
});

describe('the gate of a pull request', () => {
  it('[P2] has every condition with comparator, threshold and value, and none where nothing was measured', async () => {
    const { getJson } = await setUpAnalysed('server', {
      issues: [buildIssue(), hotspot],
      coverage: { linesToCover: 14, coveredLines: 9 },
    });

    expect(await getJson(gateOf42)).toEqual({
      projectStatus: {
        status: 'ERROR',
        conditions: [
          condition('ERROR', 'new_violations', 'GT', '0', '1'),
          condition('ERROR', 'new_coverage', 'LT', '80', '64.28571428571429'),
          condition('OK', 'new_duplicated_lines_density', 'GT', '3', '0.0'),
          condition('ERROR', 'new_security_hotspots_reviewed', 'LT', '100', '0.0'),
        ],
        ignoredConditions: false,
        caycStatus: 'compliant',
      },
    });
  });

  it('ignores coverage and duplication of a change under 20 lines, and says so', async () => {
    const { getJson } = await setUpAnalysed('server', {
      newLines: 19,
      duplicatedLines: 19,
      coverage: { linesToCover: 5, coveredLines: 0 },
    });

    expect(await getJson(gateOf42)).toMatchObject({
      projectStatus: {
        status: 'OK',
        ignoredConditions: true,
        conditions: [
          {},
          { status: 'OK', actualValue: '0.0' },
          { status: 'OK', actualValue: '100.0' },
          {},
        ],
      },
    });
  });

  it('has periods and no CaYC status on Cloud', async () => {
    const { getJson } = await setUpAnalysed('cloud');

    const answer = await getJson(gateOf42);

    expect(answer).toMatchObject({
      projectStatus: {
        conditions: [
          { periodIndex: 1 },
          { periodIndex: 1 },
          { periodIndex: 1 },
          { periodIndex: 1 },
        ],
        periods: [{ index: 1, date: '2026-05-01T02:15:42+0000', parameter: 'main' }],
      },
    });
    expect(answer).not.toHaveProperty('projectStatus.caycStatus');
  });

  it('is not computed before the first analysis has ended', async () => {
    const { sonarqube, submit, getJson } = await setUp();
    sonarqube.pauseTasks();
    await submit();

    expect(await getJson(gateOf42)).toMatchObject({
      projectStatus: { status: 'NONE', conditions: [] },
    });
    expect(await getJson('project_pull_requests/list?project=shop')).toEqual({
      pullRequests: [
        {
          key: '42',
          title: 'Add feature X',
          branch: 'feature/x',
          base: 'main',
          status: {},
          url: 'https://bitbucket.org/acme/shop/pull-requests/42',
          target: 'main',
        },
      ],
    });
  });

  it('is by analysis the one of that time, and by pull request the live one', async () => {
    const { sonarqube, getJson } = await setUpAnalysed('server', { issues: [buildIssue()] });
    const { issues } = (await getJson('issues/search?components=shop&pullRequest=42')) as {
      issues: { key: string }[];
    };
    const { current } = (await getJson('ce/component?component=shop')) as {
      current: { analysisId: string };
    };
    await sonarqube.accept('shop', '42', issues[0]?.key ?? '');

    expect(
      await getJson(`qualitygates/project_status?analysisId=${current.analysisId}`),
    ).toMatchObject({ projectStatus: { status: 'ERROR' } });
    expect(await getJson(gateOf42)).toMatchObject({ projectStatus: { status: 'OK' } });
  });

  it.each([
    ['projectKey=none&pullRequest=42', 404, "Project 'none' not found"],
    ['projectKey=shop&pullRequest=7', 404, "Pull request '7' in project 'shop' not found"],
    ['projectKey=shop&branch=old', 404, "Branch 'old' in project 'shop' not found"],
    [
      'projectKey=shop&branch=main&pullRequest=42',
      400,
      "Either 'branch' or 'pullRequest' can be provided, not both",
    ],
    ['pullRequest=42', 400, "Either 'analysisId', 'projectId' or 'projectKey' must be provided"],
  ])('answers "%s" with %i', async (query, status, message) => {
    const { get } = await setUpAnalysed('server');

    expect(await outcome(get(`qualitygates/project_status?${query}`))).toEqual([
      status,
      error(message),
    ]);
  });
});

function condition(
  status: string,
  metricKey: string,
  comparator: string,
  errorThreshold: string,
  actualValue: string,
) {
  return { status, metricKey, comparator, errorThreshold, actualValue };
}

describe('the pull request list', () => {
  it('[G7] names the analysed commit on Cloud, with counts and contributors', async () => {
    const { getJson } = await setUpAnalysed('cloud', { issues: [buildIssue()] });

    expect(await getJson('project_pull_requests/list?project=shop')).toMatchObject({
      pullRequests: [
        {
          status: { qualityGateStatus: 'ERROR', bugs: 0, vulnerabilities: 0, codeSmells: 1 },
          analysisDate: '2026-05-01T02:15:42+0000',
          commit: { sha: headCommit },
          contributors: [{ name: 'Dana Developer', login: 'dana@example.com' }],
        },
      ],
    });
  });

  it('names no commit and no counts on a Server', async () => {
    const { getJson } = await setUpAnalysed('server');

    const { pullRequests } = (await getJson('project_pull_requests/list?project=shop')) as {
      pullRequests: object[];
    };

    expect(pullRequests[0]).not.toHaveProperty('commit');
    expect(pullRequests[0]).toHaveProperty('status', { qualityGateStatus: 'OK' });
  });

  it('is an unknown URL of a Community Build, as soon as it is one', async () => {
    const { sonarqube, get } = await setUpAnalysed('server');
    sonarqube.setEdition('community');

    expect(await outcome(get('project_pull_requests/list?project=shop'))).toEqual([
      404,
      error('Unknown url : /api/project_pull_requests/list'),
    ]);
    expect((await get(gateOf42)).status).toBe(404);
  });
});

describe('issues', () => {
  it('[P2] have file, line, kind, severity and what people need to judge them', async () => {
    const { getJson } = await setUpAnalysed('server', { issues: [buildIssue(), hotspot] });

    expect(
      await getJson('issues/search?components=shop&pullRequest=42&facets=types&ps=500'),
    ).toMatchObject({
      total: 1,
      p: 1,
      ps: 500,
      paging: { pageIndex: 1, pageSize: 500, total: 1 },
      effortTotal: 10,
      issues: [
        {
          rule: 'eslint:no-unused-vars',
          severity: 'MAJOR',
          component: 'shop:src/cart.ts',
          project: 'shop',
          line: 12,
          textRange: { startLine: 12, endLine: 12, startOffset: 8, endOffset: 13 },
          status: 'OPEN',
          issueStatus: 'OPEN',
          type: 'CODE_SMELL',
          author: 'dana@example.com',
          pullRequest: '42',
          impacts: [{ softwareQuality: 'MAINTAINABILITY', severity: 'MEDIUM' }],
        },
      ],
      components: [
        { key: 'shop', qualifier: 'TRK' },
        { key: 'shop:src/cart.ts', qualifier: 'FIL', path: 'src/cart.ts' },
      ],
      facets: [{ property: 'types', values: [{ val: 'CODE_SMELL', count: 1 }] }],
    });
  });

  it('of an unknown component are none, which is no error', async () => {
    const { getJson } = await setUp();

    expect(await getJson('issues/search?componentKeys=none&pullRequest=42')).toMatchObject({
      total: 0,
      issues: [],
    });
  });

  it('come in pages, and not beyond the first 10,000', async () => {
    const issues = [3, 1, 2].map((line) => buildIssue({ key: `issue-${line}`, line }));
    const { get, getJson } = await setUpAnalysed('server', { issues });
    const search = 'issues/search?components=shop&pullRequest=42';

    expect(await getJson(`${search}&ps=2&p=2`)).toMatchObject({
      total: 3,
      issues: [{ line: 3 }],
    });
    expect(await outcome(get(`${search}&ps=500&p=21`))).toEqual([
      400,
      error('Can return only the first 10000 results. 10500th result asked.'),
    ]);
    expect((await get(`${search}&ps=501`)).status).toBe(400);
  });

  it('refuse a transition that their state does not have', async () => {
    const { post, getJson } = await setUpAnalysed('server', { issues: [buildIssue()] });
    const { issues } = (await getJson('issues/search?components=shop&pullRequest=42')) as {
      issues: { key: string }[];
    };

    const answer = await post('issues/do_transition', {
      issue: issues[0]?.key ?? '',
      transition: 'reopen',
    });

    expect(answer.status).toBe(400);
  });
});

describe('hotspots', () => {
  it('are apart from issues, with category and probability, until somebody reviews them', async () => {
    const { getJson, post } = await setUpAnalysed('server', { issues: [hotspot] });
    const search = 'hotspots/search?project=shop&pullRequest=42&status=';
    const open = (await getJson(`${search}TO_REVIEW`)) as { hotspots: { key: string }[] };
    const answer = await post('hotspots/change_status', {
      hotspot: open.hotspots[0]?.key ?? '',
      status: 'REVIEWED',
      resolution: 'SAFE',
    });

    expect(open).toMatchObject({
      hotspots: [
        {
          component: 'shop:src/cart.ts',
          securityCategory: 'command-injection',
          vulnerabilityProbability: 'HIGH',
          status: 'TO_REVIEW',
          ruleKey: 'security:detect-child-process',
        },
      ],
    });
    expect(answer.status).toBe(204);
    expect(await getJson(`${search}REVIEWED`)).toMatchObject({
      hotspots: [{ resolution: 'SAFE' }],
    });
    expect(await getJson(gateOf42)).toMatchObject({ projectStatus: { status: 'OK' } });
  });
});

describe('measures', () => {
  const query = 'measures/component?component=shop&pullRequest=42&metricKeys=';

  it('stand under the period on a Server and under periods on Cloud', async () => {
    const server = await setUpAnalysed('server');
    const cloud = await setUpAnalysed('cloud');

    expect(await server.getJson(`${query}new_lines,new_violations`)).toEqual({
      component: {
        key: 'shop',
        name: 'Shop',
        qualifier: 'TRK',
        measures: [
          { metric: 'new_lines', period: { index: 1, value: '100' } },
          { metric: 'new_violations', period: { index: 1, value: '0', bestValue: true } },
        ],
        pullRequest: '42',
      },
    });
    expect(await cloud.getJson(`${query}new_violations`)).toMatchObject({
      component: {
        measures: [
          { metric: 'new_violations', periods: [{ index: 1, value: '0', bestValue: true }] },
        ],
      },
    });
  });

  it('leave out what has no data, and refuse a metric that does not exist', async () => {
    const { get, getJson } = await setUpAnalysed('server');

    expect(await getJson(`${query}new_coverage`)).toMatchObject({ component: { measures: [] } });
    expect(await outcome(get(`${query}new_lines,nonsense`))).toEqual([
      404,
      error('The following metric keys are not found: nonsense'),
    ]);
  });

  it('are not found for a pull request that the component lacks', async () => {
    const { get } = await setUpAnalysed('server');

    expect(
      await outcome(get('measures/component?component=shop&pullRequest=7&metricKeys=new_lines')),
    ).toEqual([404, error("Component 'shop' of pull request '7' not found")]);
  });
});
