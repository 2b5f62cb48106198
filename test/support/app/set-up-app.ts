import type { VerdictJob } from '../../../src/contracts/jobs';
import { toDeliveryMessage } from '../../../src/clients/sonarqube/to-delivery-message';
import { createAuditRepository } from '../../../src/storage/audit-repository';
import { createBindingRepository } from '../../../src/storage/binding-repository';
import { createConnectionRepository } from '../../../src/storage/connection-repository';
import { createDeliveryLog } from '../../../src/storage/delivery-log';
import { createIssueRepository } from '../../../src/storage/issue-repository';
import { createLeaseRepository } from '../../../src/storage/lease-repository';
import { createSecretRepository } from '../../../src/storage/secret-repository';
import { createVerdictRepository } from '../../../src/storage/verdict-repository';
import { createBindProject } from '../../../src/usecases/bindings/bind-project';
import { createUnbindProject } from '../../../src/usecases/bindings/unbind-project';
import { createConnectServer } from '../../../src/usecases/connect-server';
import { createEnsureWebhook } from '../../../src/usecases/ensure-webhook';
import { createHandleVerdictJob } from '../../../src/usecases/handle-verdict-job';
import { createListIssues } from '../../../src/usecases/list-issues';
import { createPullRequestChanged } from '../../../src/usecases/pull-request-changed';
import { createReadTruth } from '../../../src/usecases/read-truth';
import { createReceiveDelivery } from '../../../src/usecases/receive-delivery';
import { createRefreshPullRequest } from '../../../src/usecases/refresh-pull-request';
import { createRefreshVerdict } from '../../../src/usecases/refresh-verdict';
import { createRequestRefresh } from '../../../src/usecases/request-refresh';
import { createRotateWebhookSecret } from '../../../src/usecases/rotate-webhook-secret';
import { createViewPullRequest } from '../../../src/usecases/view-pull-request';
import {
  buildBinding,
  buildClaim,
  buildPullRequest,
  connectionId,
  headCommit,
  startMs,
  workspaceUuid,
} from './build-app-data';
import { createFakeAnalysisServer } from './fake-analysis-server';
import { createFakeBitbucket } from './fake-bitbucket';
import { createMemoryKeyValueStore } from './memory-key-value-store';
import { createMemoryLog } from './memory-log';

export const webhookSecret = 'a'.repeat(64);

/** All use cases over the real repositories on a store in memory, with fakes for what is outside; one bound project. */
export async function setUpApp({ isBound = true }: { readonly isBound?: boolean } = {}) {
  const store = createMemoryKeyValueStore();
  const log = createMemoryLog();
  const time = { nowMs: startMs };
  const clock = { nowMs: () => time.nowMs };
  let chance = 0;
  const randomness = {
    uuid: () => `00000000-0000-4000-8000-${String((chance += 1)).padStart(12, '0')}`,
    secret: () => String((chance += 1)).padStart(64, 'b'),
  };
  const jobs: VerdictJob[] = [];
  const faults: { queue?: Error } = {};
  const queue = {
    push(job: VerdictJob) {
      if (faults.queue) return Promise.reject(faults.queue);
      jobs.push(job);
      return Promise.resolve();
    },
  };
  const announced: number[] = [];
  const realtime = {
    announce(_: unknown, sequence: number) {
      announced.push(sequence);
      return Promise.resolve();
    },
  };
  const webTriggerUrls = {
    getDeliveryUrl: () => Promise.resolve('https://trigger.example/public/1'),
  };
  const bitbucket = createFakeBitbucket(buildPullRequest(), headCommit);
  const server = createFakeAnalysisServer();
  const shared = {
    log,
    clock,
    randomness,
    queue,
    realtime,
    webTriggerUrls,
    bitbucket,
    openServer: server.open,
    audit: createAuditRepository(store),
    bindings: createBindingRepository(store),
    connections: createConnectionRepository(store),
    deliveries: createDeliveryLog(store),
    issues: createIssueRepository(store),
    leases: createLeaseRepository(store, clock),
    secrets: createSecretRepository(store),
    verdicts: createVerdictRepository(store),
  };
  const readTruth = createReadTruth(shared);
  const refreshVerdict = createRefreshVerdict({ ...shared, readTruth });
  const useCases = {
    refreshVerdict,
    viewPullRequest: createViewPullRequest({
      ...shared,
      requestRefresh: createRequestRefresh(shared),
    }),
    refreshPullRequest: createRefreshPullRequest({ ...shared, refreshVerdict }),
    listIssues: createListIssues(shared),
    pullRequestChanged: createPullRequestChanged(shared),
    receiveDelivery: createReceiveDelivery({ ...shared, parse: toDeliveryMessage }),
    handleVerdictJob: createHandleVerdictJob({ ...shared, refreshVerdict }),
    connectServer: createConnectServer({ ...shared, ensureWebhook: createEnsureWebhook(shared) }),
    rotateWebhookSecret: createRotateWebhookSecret(shared),
    bindProject: createBindProject(shared),
    unbindProject: createUnbindProject(shared),
  };
  if (isBound) {
    await shared.connections.add({
      connectionId,
      sequence: 1,
      name: 'Cloud',
      kind: 'sonarqube-cloud',
      url: 'https://sonarcloud.io',
      organizationKey: 'acme',
    });
    await shared.secrets.saveToken(connectionId, 'token-of-the-connection');
    await shared.secrets.saveWebhookSecrets(connectionId, { current: webhookSecret });
    await shared.bindings.addClaim(buildClaim());
    await shared.bindings.save(buildBinding(), undefined);
  }
  store.counts.reads = 0;
  store.counts.writes = 0;
  return {
    ...shared,
    ...useCases,
    store,
    time,
    faults,
    jobs,
    announced,
    server,
    /** Works off every queued job, as the consumer does. */
    async consume() {
      for (const job of jobs.splice(0)) await useCases.handleVerdictJob(job, workspaceUuid);
    },
  };
}

export type AppUnderTest = Awaited<ReturnType<typeof setUpApp>>;
