import type * as z from 'zod/mini';
import { createHttp } from '../../src/clients/http/http';
import { createOpenServer } from '../../src/clients/sonarqube/client';
import * as schemas from '../../src/clients/sonarqube/schema';
import type { Connection } from '../../src/domain/connection';
import { isSignedBy } from '../../src/domain/delivery';
import type { AnalysisServer } from '../../src/domain/ports/analysis-server';
import {
  RemoteContractError,
  RemoteForbiddenError,
  RemoteRejectedError,
  RemoteUnauthorizedError,
} from '../../src/errors/remote-errors';
import { isRecord } from './openapi-document';
import { listSamples, readSample, readSampleText } from './shared-folder';

interface Reply {
  readonly status?: number;
  readonly body: string;
}

const connections: readonly Pick<Connection, 'kind' | 'url' | 'organizationKey' | 'version'>[] = [
  { kind: 'sonarqube-cloud', url: 'https://sonarcloud.io', organizationKey: 'my-org' },
  { kind: 'sonarqube-server', url: 'https://sonar.example.org/sonar', version: '2026.3.1.123439' },
  { kind: 'sonarqube-server', url: 'https://sonar.example.org', version: '9.9.8' },
];

/** Our client before a server that answers as told; whatever the client complains of in its log is kept. */
function open(reply: (operation: string) => Reply, connection = connections[0]) {
  if (connection === undefined) throw new Error('There is no connection.');
  const warnings: string[] = [];
  const log = {
    info: () => undefined,
    warn: (event: string) => void warnings.push(event),
    error: (event: string) => void warnings.push(event),
  };
  const clock = { nowMs: () => 0 };
  const openServer = createOpenServer({
    http: createHttp({ clock, log, sleep: () => Promise.resolve() }),
    log,
    fetch(url) {
      const operation = new URL(url).pathname.replace(/^.*\/api\//, '');
      const { status = 200, body } = reply(operation);
      const contentType = body.startsWith('<') ? 'text/html' : 'application/json';
      return Promise.resolve(
        new Response(body, { status, headers: { 'content-type': contentType } }),
      );
    },
  });
  return { server: openServer({ connection, token: 'token' }), warnings };
}

const target = { projectKey: 'my_project', pullRequestId: 42 };

interface Read {
  readonly schema: z.ZodMiniType;
  readonly call: (server: AnalysisServer) => Promise<unknown>;
}

/** What the app asks of a server, by the operation behind it. */
const reads: Readonly<Record<string, Read>> = {
  'qualitygates.project_status': {
    schema: schemas.ProjectStatus,
    call: (server) => server.findGate(target),
  },
  'project_pull_requests.list': {
    schema: schemas.PullRequestList,
    call: (server) => server.listPullRequests(target.projectKey),
  },
  'ce.component': {
    schema: schemas.ComponentTasks,
    call: (server) => server.findTask(target),
  },
  'measures.component': {
    schema: schemas.ComponentMeasures,
    call: (server) => server.readMeasures(target),
  },
  'issues.search': {
    schema: schemas.IssueSearch,
    call: (server) => server.listIssues(target),
  },
  'hotspots.search': {
    schema: schemas.HotspotSearch,
    call: (server) => server.listHotspots(target),
  },
  'webhooks.list': {
    schema: schemas.WebhookList,
    call: (server) => server.listWebhooks(),
  },
  'project_branches.list': {
    schema: schemas.BranchList,
    call: (server) => server.readMainBranch(target.projectKey, ['coverage']),
  },
  'components.show': {
    schema: schemas.Component,
    call: (server) => server.findProject(target.projectKey),
  },
};
const samplesByRead = Object.entries(reads).flatMap(([operation, read]) =>
  listSamples(operation).map((sample) => [sample, operation, read] as const),
);

/** How many entries of lists a schema left out, anywhere in its answer. */
function countDropped(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + countDropped(item), 0);
  if (!isRecord(value)) return 0;
  const own = typeof value.dropped === 'number' ? value.dropped : 0;
  return Object.values(value).reduce((sum: number, member) => sum + countDropped(member), own);
}

describe('[D1] our client', () => {
  it.each(samplesByRead)(
    'reads %s without leaving anything out',
    async (sample, operation, read) => {
      expect(countDropped(read.schema.parse(readSample(sample)))).toBe(0);
      for (const connection of connections) {
        // What asks for more than this sample is told that there is nothing else.
        const { server, warnings } = open(
          (asked) =>
            asked === operation.replace('.', '/')
              ? { body: readSampleText(sample) }
              : { status: 404, body: '{"errors":[]}' },
          connection,
        );

        await read.call(server);

        expect(warnings).toEqual([]);
      }
    },
  );

  it('reads every kind of sample', () => {
    const operations = Object.keys(reads).filter((name) => listSamples(name).length === 0);

    expect(operations).toEqual([]);
  });

  it('reads the samples of a good, a bad and an anonymous token', async () => {
    const answers = async (validation: string, user: string) => {
      const bodies: Readonly<Record<string, string>> = {
        'authentication/validate': readSampleText(validation),
        'users/current': readSampleText(user),
      };
      return open((operation) => ({ body: bodies[operation] ?? '' })).server.findAccount();
    };

    expect(await answers('authentication.validate.json', 'users.current.json')).toEqual({
      name: expect.any(String) as string,
    });
    expect(
      await answers('derived/authentication.validate.invalid.json', 'users.current.json'),
    ).toBeUndefined();
    expect(
      await answers('authentication.validate.json', 'derived/users.current.anonymous.json'),
    ).toBeUndefined();
  });

  it('reads the sample of a state', async () => {
    const { server } = open(() => ({ body: readSampleText('system.status.json') }), connections[1]);

    expect(await server.findStatus()).toEqual({
      version: expect.stringMatching(/^\d+\.\d+/) as string,
      isUp: true,
    });
  });

  it.each([
    ['derived/error.v1.project-not-found.json', 404],
    ['derived/error.v1.pull-request-not-found.json', 404],
    ['derived/error.v1.component-not-found-pr.json', 404],
    ['derived/error.v1.unknown-url.json', 404],
  ])('takes %s for "not known"', async (sample, status) => {
    const { server } = open(() => ({ status, body: readSampleText(sample) }));

    expect(await server.findGate(target)).toBeUndefined();
    expect(await server.listPullRequests(target.projectKey)).toBeUndefined();
    expect(await server.readMeasures(target)).toEqual({});
  });

  it.each([
    ['a refusal', 403, 'derived/error.v1.forbidden.json', RemoteForbiddenError],
    ['a page beyond the window', 400, 'derived/error.v1.result-window.json', RemoteRejectedError],
    ['a bad token', 401, undefined, RemoteUnauthorizedError],
  ])('names %s as what it is', async (_, status, sample, error) => {
    const body = sample === undefined ? '' : readSampleText(sample);
    const { server } = open(() => ({ status, body }));

    await expect(server.listIssues(target)).rejects.toBeInstanceOf(error);
  });
});

/** Every variant of a value in which one member is of another type, or gone. */
function* damage(value: unknown): Iterable<unknown> {
  if (Array.isArray(value)) {
    const [first, ...rest] = value as unknown[];
    if (first !== undefined) for (const damaged of damage(first)) yield [damaged, ...rest];
    yield {};
  } else if (isRecord(value)) {
    for (const [name, member] of Object.entries(value)) {
      yield Object.fromEntries(Object.entries(value).filter(([other]) => other !== name));
      for (const damaged of damage(member)) yield { ...value, [name]: damaged };
    }
    yield [];
  } else yield { not: 'what it was' };
  yield null;
}

describe('[D1] drift of a server', () => {
  it.each(samplesByRead)(
    'from %s is an answer or a named error, never a crash',
    async (sample, operation, read) => {
      const wrong: unknown[] = [];
      for (const damaged of damage(readSample(sample))) {
        const { server } = open((asked) =>
          asked === operation.replace('.', '/')
            ? { body: JSON.stringify(damaged) }
            : { status: 404, body: '{"errors":[]}' },
        );
        await read.call(server).catch((error: unknown) => {
          if (!(error instanceof RemoteContractError)) wrong.push([damaged, error]);
        });
      }

      expect(wrong).toEqual([]);
    },
  );

  it.each([
    ['nothing', ''],
    ['a page', '<!doctype html><title>Sign in</title>'],
    ['half an answer', '{"issues":[{"key":'],
    ['another shape', '[]'],
  ])('to %s is named', async (_, body) => {
    for (const read of Object.values(reads)) {
      const { server } = open(() => ({ body }));

      await expect(read.call(server)).rejects.toBeInstanceOf(RemoteContractError);
    }
  });
});

describe('[F1] the signature of the sample', () => {
  const { secret, body, headers } = readSample('derived/webhook.signature-vector.json') as {
    readonly secret: string;
    readonly body: string;
    readonly headers: Readonly<Record<string, string>>;
  };
  const signature = headers['X-Sonar-Webhook-HMAC-SHA256'] ?? '';

  it('is accepted with its secret', () => {
    expect(isSignedBy({ current: secret }, { body, signature, nowMs: 0 })).toBe(true);
  });

  it.each([
    ['another secret', 'another-secret-of-16', body],
    ['a changed body', secret, `${body} `],
  ])('is refused with %s', (_, current, changed) => {
    expect(isSignedBy({ current }, { body: changed, signature, nowMs: 0 })).toBe(false);
  });
});
