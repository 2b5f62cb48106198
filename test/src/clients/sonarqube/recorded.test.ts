import { createHttp } from '../../../../src/clients/http/http';
import { createOpenServer } from '../../../../src/clients/sonarqube/client';
import { createReadServerFacts } from '../../../../src/clients/sonarqube/server-facts';
import { toDeliveryMessage } from '../../../../src/clients/sonarqube/to-delivery-message';
import type { AnalysisServer } from '../../../../src/domain/ports/analysis-server';
import {
  RemoteForbiddenError,
  RemoteNotFoundError,
  RemoteRejectedError,
  RemoteUnauthorizedError,
} from '../../../../src/errors/remote-errors';
import { exchanges } from '../../../support/sonarqube-exchanges';
import { readRecorded, recordedVersion } from '../../../support/sonarqube-recordings';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const http = createHttp({
  clock: { nowMs: () => Date.UTC(2026, 0, 1) },
  log,
  sleep: () => Promise.resolve(),
});
const access = {
  connection: {
    kind: 'sonarqube-server',
    url: 'https://sonar.example.org',
    version: recordedVersion(),
  },
  token: 'squ_of_this_test',
} as const;
const target = { projectKey: 'recorded-project', pullRequestId: 1 };

/** Answers each operation with the recording of this name, or with that of the operation itself. */
function replay(names: Readonly<Record<string, string>> = {}) {
  return (url: string): Promise<Response> => {
    const operation = new URL(url).pathname.replace('/api/', '');
    const { status, contentType, body } = readRecorded(
      names[operation] ?? operation.replace('/', '.'),
    );
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return Promise.resolve(
      new Response(body === null ? null : text, {
        status,
        headers: { 'content-type': contentType },
      }),
    );
  };
}

function open(names?: Readonly<Record<string, string>>): AnalysisServer {
  return createOpenServer({ http, log, fetch: replay(names) })(access);
}

describe(`[D1] the client before the answers of a real server ${recordedVersion()}`, () => {
  it('reads whether a token is good', async () => {
    const refused = open({ 'authentication/validate': 'authentication.validate.nobody' });

    expect(await open().findAccount()).toEqual({ name: 'Administrator' });
    expect(await refused.findAccount()).toBeUndefined();
  });

  it('reads version, edition and capabilities', async () => {
    const readServerFacts = createReadServerFacts({
      http,
      fetch: replay({ 'settings/values': 'settings.values.unset' }),
    });

    expect(await open().findStatus()).toEqual({
      isUp: true,
      version: expect.stringMatching(/^\d+\.\d+\.\d+\.\d+$/) as string,
    });
    expect(await readServerFacts(access)).toEqual({
      edition: 'community',
      hasPullRequests: false,
      baseUrl: undefined,
      tokenExpiresAt: undefined,
    });
  });

  it('reads a gate with its conditions', async () => {
    const gate = await open().findGate(target);

    expect(gate?.status).toBe('ERROR');
    expect(gate?.conditions.map(({ metricKey, status }) => [metricKey, status])).toEqual(
      expect.arrayContaining([
        ['new_violations', 'ERROR'],
        ['new_duplicated_lines_density', 'OK'],
      ]),
    );
  });

  it('reads that no gate was computed', async () => {
    const gate = await open({
      'qualitygates/project_status': 'qualitygates.project_status.none',
    }).findGate(target);

    expect(gate).toEqual({ status: 'NONE', conditions: [], ignoredConditions: false });
  });

  it('reads measures of new code', async () => {
    const measures = await open().readMeasures(target);

    expect(measures).toMatchObject({ newIssues: 12, newHotspots: 0, newLines: 48 });
    expect(measures.newCoverage?.text).toBe('0.0%');
  });

  it('reads issues and hotspots with path and line, and drops none', async () => {
    const issues = await open().listIssues(target);
    const hotspots = await open().listHotspots(target);

    for (const { issues: list, total } of [issues, hotspots]) {
      expect(list.length).toBe(Math.min(total, 10));
      expect(list.every(({ path, line, message }) => path && line && message)).toBe(true);
    }
    expect(hotspots.issues.every(({ kind }) => kind === 'hotspot')).toBe(true);
  });

  it('reads webhooks and the delivery of an analysis', async () => {
    const [webhook] = await open().listWebhooks();
    const { body } = readRecorded('webhooks.delivery') as {
      readonly body: { readonly delivery: { readonly payload: string } };
    };

    expect(webhook).toMatchObject({ name: 'Gatehouse', hasSecret: true });
    expect(toDeliveryMessage(body.delivery.payload)).toEqual({
      projectKey: 'recorded-project',
      pullRequestKey: undefined,
      isMainBranch: true,
      revision: expect.stringMatching(/^[0-9a-f]{40}$/) as string,
      analysedAt: '2026-01-01T00:00:00.000Z',
      changedAt: '2026-01-01T00:00:00.000Z',
    });
  });

  it('takes what a Community Build lacks for missing, not for a fault', async () => {
    const server = open({
      'qualitygates/project_status': 'qualitygates.project_status.pull-request',
      'measures/component': 'measures.component.pull-request',
    });

    expect(await server.listPullRequests('recorded-project')).toBeUndefined();
    expect(await server.findGate(target)).toBeUndefined();
    expect(await server.readMeasures(target)).toEqual({});
    expect(await server.findTask(target)).toBeUndefined();
  });

  const classes = new Map([
    [400, RemoteRejectedError],
    [401, RemoteUnauthorizedError],
    [403, RemoteForbiddenError],
    [404, RemoteNotFoundError],
  ]);

  it.each(exchanges.filter(({ name }) => classes.has(readRecorded(name).status)))(
    'tells by its kind of error what can be done about $name',
    async ({ name }) => {
      const { status } = readRecorded(name);

      const refused = open({ 'webhooks/list': name }).listWebhooks();

      await expect(refused).rejects.toThrow(classes.get(status));
    },
  );
});
