import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { startHost, type Host } from '../../host/host';
import type { BoundaryCall } from '../../host/traffic';
import type { GitFixture } from '../support/git-repository';
import { bitbucketContract } from './bitbucket-contract';
import { createShopRepository } from './shop-repository';
import { successes } from './sonarqube-cases';
import { settingsCases } from './sonarqube-settings-cases';

let repository: GitFixture;
let host: Host;

beforeAll(async () => {
  repository = createShopRepository();
  host = await startHost({
    projectRoot: process.cwd(),
    repositories: [repository.path],
    stateDirectory: ':memory:',
    port: 0,
    clock: 'manual',
    startMs: Date.parse('2026-06-01T12:00:00Z'),
    watch: false,
    analyse: () =>
      Promise.resolve({
        issues: [],
        newLines: 40,
        duplicatedLines: 0,
        filesAnalysed: 3,
        filesNotAnalysed: [],
      }),
  });
  await host.settle();
  await walk();
});

afterAll(async () => {
  await host.stop();
  repository.remove();
});

/** What people and neighbours do with the app: look, refresh, push, accept, look again, as everybody. */
async function walk() {
  const { bitbucket } = host;
  const [summary] = bitbucket.repositories();
  const uuid = summary?.uuid ?? '';
  await lookAsEverybody(uuid);
  repository.commit('feature/cart');
  await bitbucket.push(uuid);
  await host.settle();
  await lookAsEverybody(uuid);
  await bitbucket.decline(uuid, 1, bitbucket.users[0]?.accountId ?? '');
  await host.settle();
  await lookAsEverybody(uuid);
  await openSettings(uuid);
  await importRepositories();
}

/** Imports what the workspace has beside the bound repository: listed, planned and made. */
async function importRepositories() {
  host.bitbucket.addListedRepositories(2);
  const overview = await ask('workspace.overview', {});
  const { connections } = overview as { readonly connections: readonly { connectionId: string }[] };
  await ask('import.repositories', { query: 'listed "1\\', page: 1 });
  const { run } = (await ask('import.plan', {
    connectionId: connections[0]?.connectionId,
    selection: { kind: 'matching', query: 'listed', except: [] },
    options: {
      keyPrefix: 'traffic_',
      publicStaysPublic: false,
      includesForks: false,
      includesEmpty: false,
      newCode: { kind: 'server' },
      parallel: 2,
    },
  })) as { readonly run: { readonly runId: string } };
  await host.settle();
  await ask('import.start', { runId: run.runId, acceptsOverLimit: false });
  await host.settle();
  expect(await ask('import.view', { runId: run.runId })).toMatchObject({
    run: { state: 'ended', counts: { done: 2 } },
  });
}

/** A procedure of the workspace page, as its owner. */
async function ask(functionKey: string, payload: unknown): Promise<unknown> {
  const reply = await host.platform.invokeResolver({
    moduleKey: 'workspace-settings',
    accountId: host.bitbucket.users[0]?.accountId ?? '',
    functionKey,
    payload,
    extension: {},
  });
  expect(reply).toMatchObject({ ok: true });
  return (reply as { readonly data: unknown }).data;
}

/** The first screens of the settings pages, and the list of Bitbucket's projects. */
async function openSettings(repositoryUuid: string) {
  const accountId = host.bitbucket.users[0]?.accountId ?? '';
  const calls = [
    ['workspace-settings', 'workspace.overview', {}],
    ['workspace-settings', 'settings.projects', { page: 1 }],
    ['repository-settings', 'repository.overview', { repositoryUuid }],
    ['repository-settings', 'repository.settings', { repositoryUuid }],
  ] as const;
  for (const [moduleKey, functionKey, payload] of calls) {
    const reply = await host.platform.invokeResolver({
      moduleKey,
      accountId,
      functionKey,
      payload,
      extension: { repository: { uuid: repositoryUuid } },
    });
    expect(reply).toMatchObject({ ok: true });
  }
  await host.platform.runMergeCheck({
    moduleKey: 'quality-gate',
    repositoryUuid,
    pullRequestId: 1,
    trigger: 'on-merge',
  });
}

async function lookAsEverybody(repositoryUuid: string) {
  const procedures = ['pullRequest.view', 'pullRequest.refresh', 'pullRequest.doctor'];
  for (const { accountId } of host.bitbucket.users) {
    for (const functionKey of procedures) {
      for (const pullRequestId of [1, 999]) {
        await host.platform.invokeResolver({
          moduleKey: 'pull-request-card',
          accountId,
          functionKey,
          payload: { repositoryUuid, pullRequestId },
          extension: { repository: { uuid: repositoryUuid }, pullRequest: { id: pullRequestId } },
        });
        await host.settle();
      }
    }
  }
}

function callsOf(kind: BoundaryCall['kind']) {
  return host.traffic.calls.filter((call) => call.kind === kind);
}

function headerOf(call: BoundaryCall, name: string) {
  const found = Object.entries(call.responseHeaders).find(([key]) => key.toLowerCase() === name);
  return found?.[1];
}

it('[D1] lets the app ask Bitbucket only what the published document has, as it has it', () => {
  const contract = bitbucketContract();
  const calls = callsOf('bitbucket');

  const wrong = calls.flatMap((call) => {
    const target = call.target.replace(/^\/2\.0/, '');
    const request = { method: call.method, target, body: call.requestBody };
    const location = headerOf(call, 'location')?.replace('https://api.bitbucket.org/2.0', '');
    return [
      ...contract.checkRequest(request),
      ...contract.checkAnswer(request, {
        status: call.status,
        contentType: headerOf(call, 'content-type') ?? '',
        body: call.responseBody,
        ...(location === undefined ? {} : { location }),
      }),
    ];
  });

  expect([...new Set(wrong)]).toEqual([]);
  expect(calls.length).toBeGreaterThan(10);
});

it('[I1] holds the scopes that the calls of the app need, and no other', () => {
  const contract = bitbucketContract();
  const byName = new Map(contract.operations.map(({ name, forgeScopes }) => [name, forgeScopes]));

  const needed = new Set(
    callsOf('bitbucket').flatMap(({ method, target }) => {
      const name = contract.operationOf({ method, target: target.replace(/^\/2\.0/, '') });
      return byName.get(name ?? '') ?? [`unknown operation of ${target}`];
    }),
  );

  const { scopes } = (
    parse(readFileSync('manifest.yml', 'utf8')) as {
      readonly permissions: { readonly scopes: readonly string[] };
    }
  ).permissions;
  // What the platform's own storage needs is no operation of Bitbucket.
  expect([...needed].sort()).toEqual(scopes.filter((scope) => scope !== 'storage:app').sort());
});

it('[D1] lets the app ask the server only operations whose answers are compared with samples', () => {
  const compared = new Set([
    'server/version',
    ...[...successes, ...settingsCases].map(({ path }) => path),
  ]);

  const asked = new Set(
    callsOf('egress').map(({ target }) => new URL(target).pathname.replace(/^\/api\//, '')),
  );

  expect([...asked].filter((path) => !compared.has(path))).toEqual([]);
  expect(asked.size).toBeGreaterThan(2);
});

it('runs every function of the walk to its end', () => {
  const failed = host.traffic.invocations.filter(({ outcome }) => outcome !== 'success');

  expect(failed).toEqual([]);
});
