import { randomBytes, randomUUID } from 'node:crypto';
import type { Neighbour } from '../../../host/neighbour';
import type { BitbucketAsApp } from '../../../src/domain/ports/bitbucket';
import type { JobQueue } from '../../../src/domain/ports/messaging';
import type { VerdictJob } from '../../../src/contracts/jobs';
import { createReadServerFacts } from '../../../src/clients/sonarqube/server-facts';
import { createBindingRepository } from '../../../src/storage/binding-repository';
import { createBranchRepository } from '../../../src/storage/branch-repository';
import { createConnectionRepository } from '../../../src/storage/connection-repository';
import { createDeliveryLog } from '../../../src/storage/delivery-log';
import { createIssueRepository } from '../../../src/storage/issue-repository';
import { createLeaseRepository } from '../../../src/storage/lease-repository';
import { createPublicationRepository } from '../../../src/storage/publication-repository';
import { createSecretRepository } from '../../../src/storage/secret-repository';
import { createSettingsRepository } from '../../../src/storage/settings-repository';
import { createVerdictRepository } from '../../../src/storage/verdict-repository';
import { createResolveSettings } from '../../../src/usecases/settings/resolve-settings';
import { createBindProject } from '../../../src/usecases/bindings/bind-project';
import { createUnbindProject } from '../../../src/usecases/bindings/unbind-project';
import { createSaveConnection } from '../../../src/usecases/connections/save-connection';
import { createTestConnection } from '../../../src/usecases/connections/test-connection';
import { createEnsureWebhook } from '../../../src/usecases/ensure-webhook';
import { createReadTruth } from '../../../src/usecases/read-truth';
import { createRefreshVerdict } from '../../../src/usecases/refresh-verdict';
import { createRotateWebhookSecret } from '../../../src/usecases/connections/rotate-webhook-secret';
import { createMemoryKeyValueStore } from '../../support/app/memory-key-value-store';
import {
  clock,
  forwarding,
  http,
  log,
  openServerThrough,
  publicUrl,
  realServer,
} from './real-server';

export const repositoryUuid = '11111111-2222-4333-8444-555555555555';
export const headHash = 'c8e602a6c822d8bd2fbec3f622303836d5631879';

/** Bitbucket with one open pull request, whatever is asked. */
const bitbucket: BitbucketAsApp = {
  findPullRequest: ({ pullRequestId }) =>
    Promise.resolve({
      pullRequestId,
      state: 'OPEN',
      headHash,
      isFork: false,
      updatedAt: '2026-01-01T00:00:00.000Z',
    }),
  findCommitHash: ({ hash }) => Promise.resolve(hash),
  findParentHashes: () => Promise.resolve([]),
  findChangedPaths: () => Promise.resolve(undefined),
  findRepository: () => Promise.resolve(undefined),
  findRepositoryBySlug: () => Promise.resolve(undefined),
  listProjects: () => Promise.resolve({ projects: [], hasMore: false }),
  listRepositories: () => Promise.resolve({ repositories: [], hasMore: false }),
  listOpenPullRequests: () => Promise.resolve({ pullRequests: [], hasMore: false }),
  readWorkspace: () => Promise.resolve({ slug: 'acme', name: 'Acme' }),
};

interface UseCaseOptions {
  readonly deliveryUrl?: string;
  /** Absent: the real server as it is. */
  readonly neighbour?: Neighbour;
}

/** One server for one suite: nothing is counted. */
const unlimited = {
  findClosedUntil: () => Promise.resolve(undefined),
  note: () => Promise.resolve(),
};

/** The app's use cases over the real server, with a store of their own. */
export function createUseCases({
  deliveryUrl = 'https://trigger.example.org/x1/abc',
  neighbour = forwarding,
}: UseCaseOptions = {}) {
  const store = createMemoryKeyValueStore();
  const jobs: VerdictJob[] = [];
  const queue: JobQueue = {
    push(job) {
      jobs.push(job);
      return Promise.resolve();
    },
  };
  const shared = {
    log,
    clock,
    queue,
    openServer: openServerThrough(neighbour),
    readServerFacts: createReadServerFacts({
      http,
      fetch: (url, init) => neighbour.fetch(new Request(url, init)),
    }),
    bitbucket,
    randomness: { uuid: () => randomUUID(), secret: () => randomBytes(32).toString('hex') },
    realtime: { announce: () => Promise.resolve(), sign: () => Promise.resolve(undefined) },
    webTriggerUrls: { getDeliveryUrl: () => Promise.resolve(deliveryUrl) },
    bindings: createBindingRepository(store),
    branches: createBranchRepository(store),
    connections: createConnectionRepository(store),
    deliveries: createDeliveryLog(store),
    issues: createIssueRepository(store),
    leases: createLeaseRepository(store, clock),
    publications: createPublicationRepository(store),
    secrets: createSecretRepository(store),
    settings: createSettingsRepository(store),
    verdicts: createVerdictRepository(store),
  };
  const saveConnection = createSaveConnection({
    ...shared,
    testConnection: createTestConnection(shared),
    ensureWebhook: createEnsureWebhook(shared),
  });
  const connectionName = 'Real server';
  return {
    ...shared,
    jobs,
    /** Adds the connection, or enters everything of it again. */
    async connect(changes: { readonly url?: string; readonly token?: string } = {}) {
      const input = { name: connectionName, url: publicUrl, token: realServer.token, ...changes };
      const known = (await shared.connections.list()).find(({ name }) => name === input.name);
      const saved = known
        ? await saveConnection.update({ ...known, ...input })
        : await saveConnection.add({ ...input, kind: 'sonarqube-server' });
      return { connectionId: saved.connection.connectionId, webhook: saved.webhook };
    },
    bindProject: createBindProject({ ...shared, unbindProject: createUnbindProject(shared) }),
    rotateWebhookSecret: createRotateWebhookSecret(shared),
    refreshVerdict: createRefreshVerdict({
      ...shared,
      readTruth: createReadTruth({ ...shared, budget: unlimited }),
      resolveSettings: createResolveSettings(shared),
    }),
  };
}
