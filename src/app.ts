import { createBitbucketAsApp, createBitbucketAsUser } from './clients/bitbucket/client';
import { createHttp } from './clients/http/http';
import { createOpenServer } from './clients/sonarqube/client';
import { toDeliveryMessage } from './clients/sonarqube/to-delivery-message';
import { createBitbucketTransport, isConsentRequest } from './platform/bitbucket-transport';
import { sleep, systemClock as clock } from './platform/clock';
import { createJobQueue } from './platform/job-queue';
import { createKeyValueStore } from './platform/key-value-store';
import { createLog } from './platform/log';
import { outsideFetch } from './platform/outside-fetch';
import { systemRandomness as randomness } from './platform/randomness';
import { createRealtime } from './platform/realtime';
import { createWebTriggerUrls } from './platform/web-trigger-urls';
import { createAuditRepository } from './storage/audit-repository';
import { createBindingRepository } from './storage/binding-repository';
import { createConnectionRepository } from './storage/connection-repository';
import { createDeliveryLog } from './storage/delivery-log';
import { createIssueRepository } from './storage/issue-repository';
import { createLeaseRepository } from './storage/lease-repository';
import { createSecretRepository } from './storage/secret-repository';
import { createVerdictRepository } from './storage/verdict-repository';
import { createAuthorize } from './usecases/authorize';
import { createBindProject } from './usecases/bindings/bind-project';
import { createUnbindProject } from './usecases/bindings/unbind-project';
import { createConnectServer } from './usecases/connect-server';
import { createEnsureWebhook } from './usecases/ensure-webhook';
import { createHandleVerdictJob } from './usecases/handle-verdict-job';
import { createListIssues } from './usecases/list-issues';
import { createPullRequestChanged } from './usecases/pull-request-changed';
import { createCheckManual } from './usecases/repository/check-manual';
import { createListChanges } from './usecases/repository/list-changes';
import { createPreviewUnbind } from './usecases/repository/preview-unbind';
import { createSearchProjects } from './usecases/repository/search-projects';
import { createViewRepository } from './usecases/repository/view-repository';
import { createReadTruth } from './usecases/read-truth';
import { createReceiveDelivery } from './usecases/receive-delivery';
import { createRecordChange } from './usecases/record-change';
import { createRefreshPullRequest } from './usecases/refresh-pull-request';
import { createRefreshVerdict } from './usecases/refresh-verdict';
import { createRequestRefresh } from './usecases/request-refresh';
import { createRotateWebhookSecret } from './usecases/rotate-webhook-secret';
import { createViewPullRequest } from './usecases/view-pull-request';

/** Joins clients, storage, platform and use cases; the only place that does. Nothing is called or read yet. */
export function createApp() {
  const log = createLog();
  const http = createHttp({ clock, log, sleep, isPassedThrough: isConsentRequest });
  const transport = createBitbucketTransport();
  const openServer = createOpenServer({ http, fetch: outsideFetch, log });
  const store = createKeyValueStore();

  const shared = {
    log,
    clock,
    randomness,
    openServer,
    queue: createJobQueue(),
    realtime: createRealtime(log),
    webTriggerUrls: createWebTriggerUrls(),
    audit: createAuditRepository(store),
    bindings: createBindingRepository(store),
    connections: createConnectionRepository(store),
    deliveries: createDeliveryLog(store),
    issues: createIssueRepository(store),
    leases: createLeaseRepository(store, clock),
    secrets: createSecretRepository(store),
    verdicts: createVerdictRepository(store),
  };
  const asUser = { ...shared, bitbucket: createBitbucketAsUser({ http, transport }) };
  const asApp = { ...shared, bitbucket: createBitbucketAsApp({ http, transport }) };

  const readTruth = createReadTruth(shared);
  const refreshVerdict = createRefreshVerdict({ ...asApp, readTruth });
  const requestRefresh = createRequestRefresh(shared);
  const ensureWebhook = createEnsureWebhook(shared);
  return {
    log,
    guards: {
      authorize: createAuthorize(asUser),
      recordChange: createRecordChange(shared),
    },
    useCases: {
      viewPullRequest: createViewPullRequest({ ...asUser, requestRefresh }),
      refreshPullRequest: createRefreshPullRequest({ ...asUser, refreshVerdict }),
      listIssues: createListIssues(asUser),
      pullRequestChanged: createPullRequestChanged(shared),
      receiveDelivery: createReceiveDelivery({ ...shared, parse: toDeliveryMessage }),
      handleVerdictJob: createHandleVerdictJob({ ...shared, refreshVerdict }),
      connectServer: createConnectServer({ ...shared, ensureWebhook }),
      rotateWebhookSecret: createRotateWebhookSecret(shared),
      viewRepository: createViewRepository(asApp),
      searchProjects: createSearchProjects(shared),
      checkManual: createCheckManual(asApp),
      previewUnbind: createPreviewUnbind(shared),
      listChanges: createListChanges(shared),
      bindProject: createBindProject(shared),
      unbindProject: createUnbindProject(shared),
    },
  };
}

export type App = ReturnType<typeof createApp>;
