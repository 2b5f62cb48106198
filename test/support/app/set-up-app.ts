import type { VerdictJob } from '../../../src/contracts/jobs';
import { withDemo } from '../../../src/clients/demo/demo-server';
import { toDeliveryMessage } from '../../../src/clients/sonarqube/to-delivery-message';
import { createAuditRepository } from '../../../src/storage/audit-repository';
import { createBindingRepository } from '../../../src/storage/binding-repository';
import { createBranchRepository } from '../../../src/storage/branch-repository';
import { createCallRecordRepository } from '../../../src/storage/call-record-repository';
import { createConnectionRepository } from '../../../src/storage/connection-repository';
import { createDeliveryLog } from '../../../src/storage/delivery-log';
import { createDraftRepository } from '../../../src/storage/draft-repository';
import { createFindingRepository } from '../../../src/storage/finding-repository';
import { createImportRepository } from '../../../src/storage/import-repository';
import { createInventory } from '../../../src/storage/inventory';
import { createIssueRepository } from '../../../src/storage/issue-repository';
import { createLeaseRepository } from '../../../src/storage/lease-repository';
import { createOperationRepository } from '../../../src/storage/operation-repository';
import { createPublicationRepository } from '../../../src/storage/publication-repository';
import { createSecretRepository } from '../../../src/storage/secret-repository';
import { createSettingsRepository } from '../../../src/storage/settings-repository';
import { createVerdictRepository } from '../../../src/storage/verdict-repository';
import { createCallBudget } from '../../../src/usecases/call-budget';
import { createChargeCalls } from '../../../src/usecases/charge-calls';
import { bitbucketCredential } from '../../../src/domain/call-budget';
import { createBindEverywhere } from '../../../src/usecases/bindings/bind-everywhere';
import { createBindProject } from '../../../src/usecases/bindings/bind-project';
import { createServerBinding } from '../../../src/usecases/bindings/server-binding';
import { createUnbindEverywhere } from '../../../src/usecases/bindings/unbind-everywhere';
import { createUnbindProject } from '../../../src/usecases/bindings/unbind-project';
import { createFollowRepository } from '../../../src/usecases/bindings/follow-repository';
import { createForgetRepository } from '../../../src/usecases/bindings/forget-repository';
import { createListOpen } from '../../../src/usecases/catching-up/list-open';
import { createReadDue } from '../../../src/usecases/catching-up/read-due';
import { createCheckConnections } from '../../../src/usecases/connections/check-connections';
import { createForgetConnection } from '../../../src/usecases/connections/forget-connection';
import { createListUses } from '../../../src/usecases/connections/list-uses';
import { createPreviewDisconnect } from '../../../src/usecases/connections/preview-disconnect';
import { createRemoveConnection } from '../../../src/usecases/connections/remove-connection';
import { createRotateWebhookSecret } from '../../../src/usecases/connections/rotate-webhook-secret';
import {
  createSaveConnection,
  type AddConnectionInput,
} from '../../../src/usecases/connections/save-connection';
import { createStartDemo } from '../../../src/usecases/connections/start-demo';
import { createViewUsage } from '../../../src/usecases/connections/view-usage';
import { createTestConnection } from '../../../src/usecases/connections/test-connection';
import { createDiagnosePullRequest } from '../../../src/usecases/diagnose-pull-request';
import { createEnsureWebhook } from '../../../src/usecases/ensure-webhook';
import { createFindOwnAuthors } from '../../../src/usecases/find-own-authors';
import { createHandleVerdictJob } from '../../../src/usecases/handle-verdict-job';
import { createFindServerOnly } from '../../../src/usecases/health/find-server-only';
import { createReconcile } from '../../../src/usecases/health/reconcile';
import { createTakeOver } from '../../../src/usecases/health/take-over';
import { createReconcileConnection } from '../../../src/usecases/health/reconcile-connection';
import { createListRepositories } from '../../../src/usecases/health/list-repositories';
import { createViewLimits } from '../../../src/usecases/health/view-limits';
import { createCountStored } from '../../../src/usecases/health/count-stored';
import { createSweep } from '../../../src/usecases/health/sweep';
import { createRepair } from '../../../src/usecases/health/repair';
import { createDecideImport } from '../../../src/usecases/imports/decide-import';
import { createImportOne } from '../../../src/usecases/imports/import-item';
import {
  createListImportable,
  createSuggestPrefix,
} from '../../../src/usecases/imports/list-importable';
import { createMakePlan } from '../../../src/usecases/imports/make-plan';
import { createPlanImport } from '../../../src/usecases/imports/plan-import';
import { createRunImport } from '../../../src/usecases/imports/run-import';
import { createStartImport } from '../../../src/usecases/imports/start-import';
import { createUndoImport } from '../../../src/usecases/imports/undo-import';
import { createViewImports } from '../../../src/usecases/imports/view-imports';
import { createListIssues } from '../../../src/usecases/list-issues';
import { createChangeOperation } from '../../../src/usecases/operations/change-operation';
import { createRunOperation } from '../../../src/usecases/operations/run-operation';
import { createStartDisconnect } from '../../../src/usecases/operations/start-disconnect';
import { createUnbindAll } from '../../../src/usecases/operations/unbind-all';
import { createWakeOperations } from '../../../src/usecases/operations/wake-operations';
import { createReleaseOrganization } from '../../../src/usecases/organizations/release-organization';
import { createPrepareUninstall } from '../../../src/usecases/prepare-uninstall';
import { createPullRequestChanged } from '../../../src/usecases/pull-request-changed';
import { createCheckMerge } from '../../../src/usecases/merging/check-merge';
import { createWithdraw } from '../../../src/usecases/publishing/withdraw';
import { createPublishVerdict } from '../../../src/usecases/publishing/publish-verdict';
import { createViewRepositoryCard } from '../../../src/usecases/repository-card/view-repository-card';
import { createReadTruth } from '../../../src/usecases/read-truth';
import { createReceiveDelivery } from '../../../src/usecases/receive-delivery';
import { createRecordChange } from '../../../src/usecases/record-change';
import { createRefreshPullRequest } from '../../../src/usecases/refresh-pull-request';
import { createRefreshVerdict } from '../../../src/usecases/refresh-verdict';
import { createRequestRefresh } from '../../../src/usecases/request-refresh';
import { createResolveSettings } from '../../../src/usecases/settings/resolve-settings';
import { createSaveSettings } from '../../../src/usecases/settings/save-settings';
import { createListAudit } from '../../../src/usecases/workspace/list-audit';
import { createViewWorkspace } from '../../../src/usecases/workspace/view-workspace';
import { createViewPullRequest } from '../../../src/usecases/view-pull-request';
import {
  buildBinding,
  buildClaim,
  buildPullRequest,
  connectionId,
  headCommit,
  newConnection,
  startMs,
  workspaceUuid,
} from './build-app-data';
import { createFakeAnalysisServer } from './fake-analysis-server';
import { createFakeBitbucket } from './fake-bitbucket';
import { createFakeCodeInsights } from './fake-code-insights';
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
  /** Seconds that a job was to wait, by job. */
  const delays = new WeakMap<VerdictJob, number>();
  const faults: { queue?: Error } = {};
  const queue = {
    push(job: VerdictJob, delaySeconds = 0) {
      if (faults.queue) return Promise.reject(faults.queue);
      jobs.push(job);
      delays.set(job, delaySeconds);
      return Promise.resolve();
    },
  };
  const operationJobs: { readonly operationId: string; readonly delaySeconds: number }[] = [];
  const operationQueue = {
    push(operationId: string, delaySeconds = 0) {
      if (faults.queue) return Promise.reject(faults.queue);
      operationJobs.push({ operationId, delaySeconds });
      return Promise.resolve();
    },
  };
  const announced: number[] = [];
  const realtime = {
    announce(_: unknown, sequence: number) {
      announced.push(sequence);
      return Promise.resolve();
    },
    sign: () => Promise.resolve('token-of-the-channel'),
  };
  const webTriggerUrls = {
    getDeliveryUrl: () => Promise.resolve('https://trigger.example/public/1'),
  };
  const bitbucket = createFakeBitbucket(buildPullRequest(), headCommit);
  const codeInsights = createFakeCodeInsights();
  /** A deadline that passes when a test says so. */
  const deadline = {
    pass(): void {
      // Replaced by each run.
    },
    run<T>(work: Promise<T>): Promise<T | undefined> {
      const over = new Promise<undefined>((resolve) => {
        deadline.pass = () => resolve(undefined);
      });
      return Promise.race([work, over]);
    },
  };
  const server = createFakeAnalysisServer();
  const organizations = {
    known: new Map([['acme', { key: 'acme', name: 'Acme', isAdmin: true }]]),
    listOwn: () => Promise.resolve([]),
    findPlatformUrl: () => Promise.resolve(undefined),
    listMembers: () => Promise.resolve([]),
    create: () => Promise.resolve(),
  };
  const countCalls = () =>
    new Map(server.counts).set(
      bitbucketCredential,
      bitbucket.counts.all + codeInsights.writes.length,
    );
  const shared = {
    log,
    clock,
    randomness,
    queue,
    operationQueue,
    realtime,
    webTriggerUrls,
    bitbucket,
    codeInsights,
    openServer: withDemo(server.open),
    readServerFacts: server.readFacts,
    openProjectBindings: server.openProjectBindings,
    openDevOpsPlatforms: server.openDevOpsPlatforms,
    openProjects: server.openProjects,
    readUsage: server.readUsage,
    openOrganizations: () => ({
      ...organizations,
      find: (key: string) => Promise.resolve(organizations.known.get(key)),
    }),
    audit: createAuditRepository(store),
    bindings: createBindingRepository(store),
    branches: createBranchRepository(store),
    meter: {
      count: (credential: string) => countCalls().get(credential) ?? 0,
      counts: countCalls,
      limit: () => bitbucket.callLimit,
    },
    callRecords: createCallRecordRepository(store),
    connections: createConnectionRepository(store),
    deliveries: createDeliveryLog(store),
    drafts: createDraftRepository(store),
    findings: createFindingRepository(store, clock),
    imports: createImportRepository(store),
    inventory: createInventory(store),
    issues: createIssueRepository(store),
    leases: createLeaseRepository(store, clock),
    operations: createOperationRepository(store),
    publications: createPublicationRepository(store),
    secrets: createSecretRepository(store),
    settings: createSettingsRepository(store),
    verdicts: createVerdictRepository(store),
  };
  const budget = createCallBudget(shared);
  const chargeCalls = createChargeCalls({ budget, meter: shared.meter });
  const readTruth = createReadTruth({ ...shared, budget });
  const resolveSettings = createResolveSettings(shared);
  const requestRefresh = createRequestRefresh(shared);
  const refreshVerdict = createRefreshVerdict({ ...shared, readTruth, resolveSettings });
  const publishVerdict = createPublishVerdict(shared);
  const listOpen = createListOpen(shared);
  const ensureWebhook = createEnsureWebhook(shared);
  const testConnection = createTestConnection(shared);
  const forgetConnection = createForgetConnection(shared);
  const unbindProject = createUnbindProject(shared);
  const listUses = createListUses(shared);
  const changeOperation = createChangeOperation(shared);
  const bindProject = createBindProject({ ...shared, unbindProject });
  const serverBinding = createServerBinding(shared);
  const findServerOnly = createFindServerOnly(shared);
  const bindEverywhere = createBindEverywhere({ ...shared, bindProject, serverBinding });
  const unbindEverywhere = createUnbindEverywhere({ ...shared, unbindProject, serverBinding });
  const unbindAll = { ...shared, unbindProject: unbindEverywhere, finish: forgetConnection };
  const useCases = {
    refreshVerdict,
    publishVerdict,
    listOpen,
    readDue: createReadDue(shared),
    viewPullRequest: createViewPullRequest({ ...shared, requestRefresh }),
    refreshPullRequest: createRefreshPullRequest({ ...shared, refreshVerdict }),
    saveSettings: createSaveSettings(shared),
    resolveSettings,
    checkMerge: createCheckMerge({
      ...shared,
      chargeCalls,
      readTruth,
      resolveSettings,
      withDeadline: (work) => deadline.run(work),
    }),
    findOwnAuthors: createFindOwnAuthors(shared),
    listIssues: createListIssues(shared),
    diagnosePullRequest: createDiagnosePullRequest({
      ...shared,
      asApp: bitbucket,
      readTruth,
      resolveSettings,
    }),
    budget,
    chargeCalls,
    pullRequestChanged: createPullRequestChanged(shared),
    receiveDelivery: createReceiveDelivery({ ...shared, parse: toDeliveryMessage }),
    handleVerdictJob: createHandleVerdictJob({
      ...shared,
      budget,
      chargeCalls,
      refreshVerdict,
      publishVerdict,
      listOpen,
      withdraw: createWithdraw(shared),
    }),
    recordChange: createRecordChange(shared),
    viewWorkspace: createViewWorkspace(shared),
    listAudit: createListAudit(shared),
    testConnection,
    viewUsage: createViewUsage(shared),
    startDemo: createStartDemo(shared),
    saveConnection: createSaveConnection({ ...shared, testConnection, ensureWebhook }),
    removeConnection: createRemoveConnection({ ...shared, forgetConnection }),
    rotateWebhookSecret: createRotateWebhookSecret(shared),
    checkConnections: createCheckConnections({ ...shared, testConnection, ensureWebhook }),
    listUses,
    previewDisconnect: createPreviewDisconnect({ ...shared, listUses }),
    startDisconnect: createStartDisconnect({ ...shared, changeOperation }),
    changeOperation,
    runOperation: createRunOperation({
      ...shared,
      budget,
      chargeCalls,
      stretches: {
        disconnect: createUnbindAll(unbindAll),
        unbindOrganization: createUnbindAll({
          ...unbindAll,
          finish: createReleaseOrganization(shared),
        }),
        reconcile: createReconcile({
          ...shared,
          reconcileConnection: createReconcileConnection({ ...shared, findServerOnly }),
        }),
        takeOver: createTakeOver({ ...shared, findServerOnly, bindProject, serverBinding }),
        sweep: createSweep(shared),
        undoImport: createUndoImport({ ...shared, unbindProject: unbindEverywhere }),
        planImport: createMakePlan({ ...shared, serverBinding }),
        import: createRunImport({
          ...shared,
          importOne: createImportOne({ ...shared, bindProject, serverBinding }),
        }),
      },
    }),
    listImportable: createListImportable(shared),
    suggestPrefix: createSuggestPrefix(shared),
    planImport: createPlanImport({ ...shared, changeOperation }),
    viewImports: createViewImports(shared),
    decideImport: createDecideImport(shared),
    startImport: createStartImport({ ...shared, changeOperation }),
    listRepositories: createListRepositories(shared),
    viewLimits: createViewLimits(shared),
    countStored: createCountStored(shared),
    viewRepositoryCard: createViewRepositoryCard(shared),
    wakeOperations: createWakeOperations(shared),
    prepareUninstall: createPrepareUninstall({ ...shared, serverBinding }),
    followRepository: createFollowRepository({ ...shared, serverBinding }),
    forgetRepository: createForgetRepository({ ...shared, unbindProject: unbindEverywhere }),
    repair: createRepair({ ...shared, bindEverywhere, unbindEverywhere, serverBinding }),
    bindProject,
    bindEverywhere,
    unbindEverywhere,
    unbindProject,
  };
  if (isBound) {
    await shared.connections.add({
      ...newConnection,
      connectionId,
      name: 'Cloud',
      kind: 'sonarqube-cloud',
      url: 'https://sonarcloud.io',
      organizationKey: 'acme',
    });
    await shared.secrets.saveToken(connectionId, {
      token: 'token-of-the-connection',
      url: 'https://sonarcloud.io',
    });
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
    delays,
    operationJobs,
    announced,
    deadline,
    server,
    organizations,
    /** Adds a connection, or enters everything of the one with this name again. */
    async connect(input: AddConnectionInput) {
      const known = (await shared.connections.list()).find(({ name }) => name === input.name);
      const saved = known
        ? await useCases.saveConnection.update({ ...known, token: undefined, ...input })
        : await useCases.saveConnection.add(input);
      return { connectionId: saved.connection.connectionId, webhook: saved.webhook };
    },
    /** Works off the messages of operations until none is left; pauses pass at once. */
    async runOperations() {
      for (let job = operationJobs.shift(); job; job = operationJobs.shift()) {
        time.nowMs += job.delaySeconds * 1000;
        await useCases.runOperation(job.operationId, workspaceUuid);
      }
    },
    /** Works off every queued job, as the consumer does. */
    async consume() {
      for (const job of jobs.splice(0)) await useCases.handleVerdictJob(job, workspaceUuid);
    },
  };
}

export type AppUnderTest = Awaited<ReturnType<typeof setUpApp>>;
