import { createBitbucketAsApp, createBitbucketAsUser } from './clients/bitbucket/client';
import { createCodeInsights } from './clients/bitbucket/code-insights';
import { withDemo, withDemoFacts } from './clients/demo/demo-server';
import { createCallMeter } from './clients/http/call-meter';
import { createHttp } from './clients/http/http';
import { createOpenServer } from './clients/sonarqube/client';
import { createOpenDevOpsPlatforms } from './clients/sonarqube/devops-platforms';
import { createOpenProjects } from './clients/sonarqube/projects';
import { createOpenProjectBindings } from './clients/sonarqube/project-bindings';
import { createOpenOrganizations } from './clients/sonarqube/organizations';
import { createReadUsage } from './clients/sonarqube/usage';
import { createReadServerFacts } from './clients/sonarqube/server-facts';
import type { RepositoryAddress } from './domain/ports/bitbucket';
import { toDeliveryMessage } from './clients/sonarqube/to-delivery-message';
import { createBitbucketTransport, isConsentRequest } from './platform/bitbucket-transport';
import { sleep, systemClock as clock, withDeadline } from './platform/clock';
import { createCodeInsightsTransport } from './platform/code-insights-transport';
import { createJobQueue, createOperationQueue } from './platform/job-queue';
import { createKeyValueStore } from './platform/key-value-store';
import { createLog } from './platform/log';
import { outsideFetch } from './platform/outside-fetch';
import { systemRandomness as randomness } from './platform/randomness';
import { createRealtime } from './platform/realtime';
import { createWebTriggerUrls } from './platform/web-trigger-urls';
import { createAuditRepository } from './storage/audit-repository';
import { createBindingRepository } from './storage/binding-repository';
import { createBranchRepository } from './storage/branch-repository';
import { createCallRecordRepository } from './storage/call-record-repository';
import { createConnectionRepository } from './storage/connection-repository';
import { createDeliveryLog } from './storage/delivery-log';
import { createDraftRepository } from './storage/draft-repository';
import { createFindingRepository } from './storage/finding-repository';
import { createImportRepository } from './storage/import-repository';
import { createInventory } from './storage/inventory';
import { createIssueRepository } from './storage/issue-repository';
import { createLeaseRepository } from './storage/lease-repository';
import { createOperationRepository } from './storage/operation-repository';
import { createPublicationRepository } from './storage/publication-repository';
import { createSecretRepository } from './storage/secret-repository';
import { createSettingsRepository } from './storage/settings-repository';
import { createVerdictRepository } from './storage/verdict-repository';
import { createCallBudget } from './usecases/call-budget';
import { createChargeCalls } from './usecases/charge-calls';
import { createAuthorize } from './usecases/authorize';
import { createBindEverywhere } from './usecases/bindings/bind-everywhere';
import { createBindProject } from './usecases/bindings/bind-project';
import { createServerBinding } from './usecases/bindings/server-binding';
import { createUnbindEverywhere } from './usecases/bindings/unbind-everywhere';
import { createUnbindProject } from './usecases/bindings/unbind-project';
import { createFollowRepository } from './usecases/bindings/follow-repository';
import { createForgetRepository } from './usecases/bindings/forget-repository';
import { createListOpen } from './usecases/catching-up/list-open';
import { createReadDue } from './usecases/catching-up/read-due';
import { createCheckConnections } from './usecases/connections/check-connections';
import { createForgetConnection } from './usecases/connections/forget-connection';
import { createListUses } from './usecases/connections/list-uses';
import { createPreviewDisconnect } from './usecases/connections/preview-disconnect';
import { createRemoveConnection } from './usecases/connections/remove-connection';
import { createRotateWebhookSecret } from './usecases/connections/rotate-webhook-secret';
import { createSaveConnection } from './usecases/connections/save-connection';
import { createStartDemo } from './usecases/connections/start-demo';
import { createViewUsage } from './usecases/connections/view-usage';
import { createTestConnection } from './usecases/connections/test-connection';
import { createDiagnosePullRequest } from './usecases/diagnose-pull-request';
import { createManageRecords } from './usecases/devops-platforms/manage-records';
import { createEnsureWebhook } from './usecases/ensure-webhook';
import { createFindOwnAuthors } from './usecases/find-own-authors';
import { createHandleVerdictJob } from './usecases/handle-verdict-job';
import { createFindServerOnly } from './usecases/health/find-server-only';
import { createReconcile } from './usecases/health/reconcile';
import { createTakeOver } from './usecases/health/take-over';
import { createReconcileConnection } from './usecases/health/reconcile-connection';
import { createListRepositories } from './usecases/health/list-repositories';
import { createViewLimits } from './usecases/health/view-limits';
import { createCountStored } from './usecases/health/count-stored';
import { createSweep } from './usecases/health/sweep';
import { createRepair } from './usecases/health/repair';
import { createDecideImport } from './usecases/imports/decide-import';
import { createImportOne } from './usecases/imports/import-item';
import { createListImportable, createSuggestPrefix } from './usecases/imports/list-importable';
import { createMakePlan } from './usecases/imports/make-plan';
import { createPlanImport } from './usecases/imports/plan-import';
import { createRunImport } from './usecases/imports/run-import';
import { createStartImport } from './usecases/imports/start-import';
import { createUndoImport } from './usecases/imports/undo-import';
import { createViewImports } from './usecases/imports/view-imports';
import { createListIssues } from './usecases/list-issues';
import { createChangeOperation } from './usecases/operations/change-operation';
import { createRunOperation } from './usecases/operations/run-operation';
import { createStartDisconnect } from './usecases/operations/start-disconnect';
import { createUnbindAll } from './usecases/operations/unbind-all';
import { createWakeOperations } from './usecases/operations/wake-operations';
import { createBindOrganization } from './usecases/organizations/bind-organization';
import { createCreateOrganization } from './usecases/organizations/create-organization';
import { createManageDrafts } from './usecases/organizations/manage-drafts';
import { createListOrganizations } from './usecases/organizations/list-organizations';
import { createReleaseOrganization } from './usecases/organizations/release-organization';
import { createStartUnbind } from './usecases/organizations/start-unbind';
import { createPrepareUninstall } from './usecases/prepare-uninstall';
import { createPullRequestChanged } from './usecases/pull-request-changed';
import { createCheckManual } from './usecases/repository/check-manual';
import { createListChanges } from './usecases/repository/list-changes';
import { createMakeSnippet } from './usecases/repository/make-snippet';
import { createPreviewUnbind } from './usecases/repository/preview-unbind';
import { createSearchProjects } from './usecases/repository/search-projects';
import { createViewRepository } from './usecases/repository/view-repository';
import { createCheckMerge } from './usecases/merging/check-merge';
import { createWithdraw } from './usecases/publishing/withdraw';
import { createPublishVerdict } from './usecases/publishing/publish-verdict';
import { createViewRepositoryCard } from './usecases/repository-card/view-repository-card';
import { createReadTruth } from './usecases/read-truth';
import { createReceiveDelivery } from './usecases/receive-delivery';
import { createRecordChange } from './usecases/record-change';
import { createRefreshPullRequest } from './usecases/refresh-pull-request';
import { createRefreshVerdict } from './usecases/refresh-verdict';
import { createRequestRefresh } from './usecases/request-refresh';
import { createViewPullRequest } from './usecases/view-pull-request';
import { createResolveSettings } from './usecases/settings/resolve-settings';
import { createSaveSettings } from './usecases/settings/save-settings';
import { createListAudit } from './usecases/workspace/list-audit';
import { createViewWorkspace } from './usecases/workspace/view-workspace';

/** Joins clients, storage, platform and use cases; the only place that does. Nothing is called or read yet. */
export function createApp() {
  const log = createLog();
  const transport = createBitbucketTransport();
  const store = createKeyValueStore();
  const meter = createCallMeter();
  // What people call on Bitbucket counts against their own limit; everything else is counted against the app's.
  const http = createHttp({ clock, log, sleep, isPassedThrough: isConsentRequest });
  const metered = createHttp({
    clock,
    log,
    sleep,
    isPassedThrough: isConsentRequest,
    onAnswer: meter.onAnswer,
  });
  const outside = { http: metered, fetch: outsideFetch, log };
  const openServer = withDemo(createOpenServer(outside));

  const shared = {
    log,
    clock,
    randomness,
    openServer,
    readServerFacts: withDemoFacts(createReadServerFacts(outside)),
    openProjectBindings: createOpenProjectBindings(outside),
    openOrganizations: createOpenOrganizations(outside),
    openDevOpsPlatforms: createOpenDevOpsPlatforms(outside),
    openProjects: createOpenProjects(outside),
    readUsage: createReadUsage(outside),
    queue: createJobQueue(),
    operationQueue: createOperationQueue(),
    realtime: createRealtime(log),
    webTriggerUrls: createWebTriggerUrls(),
    audit: createAuditRepository(store),
    bindings: createBindingRepository(store),
    branches: createBranchRepository(store),
    meter,
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
  const asUser = { ...shared, bitbucket: createBitbucketAsUser({ http, transport }) };
  const asApp = { ...shared, bitbucket: createBitbucketAsApp({ http: metered, transport }) };
  const codeInsights = createCodeInsights({
    http: metered,
    transport: createCodeInsightsTransport(),
  });

  const budget = createCallBudget(shared);
  const chargeCalls = createChargeCalls({ budget, meter });
  const readTruth = createReadTruth({ ...shared, budget });
  const resolveSettings = createResolveSettings(asApp);
  const refreshVerdict = createRefreshVerdict({ ...asApp, readTruth, resolveSettings });
  const publishVerdict = createPublishVerdict({ ...shared, codeInsights });
  const listOpen = createListOpen(asApp);
  const requestRefresh = createRequestRefresh(shared);
  const ensureWebhook = createEnsureWebhook(shared);
  const testConnection = createTestConnection(shared);
  const forgetConnection = createForgetConnection(shared);
  const unbindProject = createUnbindProject(shared);
  const bindProject = createBindProject({ ...shared, unbindProject });
  const serverBinding = createServerBinding(asApp);
  const bindEverywhere = createBindEverywhere({ ...shared, bindProject, serverBinding });
  const unbindEverywhere = createUnbindEverywhere({ ...shared, unbindProject, serverBinding });
  const findServerOnly = createFindServerOnly(asApp);
  const reconcileConnection = createReconcileConnection({ ...asApp, findServerOnly });
  const listUses = createListUses(asApp);
  const changeOperation = createChangeOperation(shared);
  const listOrganizations = createListOrganizations(asApp);
  const unbindAll = { ...shared, unbindProject: unbindEverywhere };
  return {
    log,
    stores: shared,
    guards: {
      authorize: createAuthorize(asUser),
      recordChange: createRecordChange(shared),
      chargeCalls,
    },
    useCases: {
      viewPullRequest: createViewPullRequest({ ...asUser, requestRefresh }),
      refreshPullRequest: createRefreshPullRequest({ ...asUser, refreshVerdict }),
      findOwnAuthors: createFindOwnAuthors(asUser),
      listIssues: createListIssues(asUser),
      diagnosePullRequest: createDiagnosePullRequest({
        ...asUser,
        asApp: asApp.bitbucket,
        readTruth,
        resolveSettings,
      }),
      pullRequestChanged: createPullRequestChanged(shared),
      receiveDelivery: createReceiveDelivery({ ...shared, parse: toDeliveryMessage }),
      handleVerdictJob: createHandleVerdictJob({
        ...shared,
        budget,
        chargeCalls,
        refreshVerdict,
        publishVerdict,
        listOpen,
        withdraw: createWithdraw({ ...shared, codeInsights }),
      }),
      listOpen,
      readDue: createReadDue(shared),
      checkMerge: createCheckMerge({
        ...asApp,
        chargeCalls,
        readTruth,
        resolveSettings,
        withDeadline,
      }),
      viewWorkspace: createViewWorkspace(shared),
      listOrganizations,
      manageDrafts: createManageDrafts(shared),
      bindOrganization: createBindOrganization({ ...shared, listOrganizations, ensureWebhook }),
      createOrganization: createCreateOrganization(asApp),
      startUnbind: createStartUnbind({ listOrganizations, changeOperation }),
      manageRecords: createManageRecords(shared),
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
          disconnect: createUnbindAll({ ...unbindAll, finish: forgetConnection }),
          unbindOrganization: createUnbindAll({
            ...unbindAll,
            finish: createReleaseOrganization(shared),
          }),
          reconcile: createReconcile({ ...asApp, reconcileConnection }),
          takeOver: createTakeOver({ ...shared, findServerOnly, bindProject, serverBinding }),
          sweep: createSweep(shared),
          undoImport: createUndoImport({ ...shared, unbindProject: unbindEverywhere }),
          planImport: createMakePlan({ ...asApp, serverBinding }),
          import: createRunImport({
            ...asApp,
            importOne: createImportOne({ ...shared, bindProject, serverBinding }),
          }),
        },
      }),
      listImportable: createListImportable(asApp),
      suggestPrefix: createSuggestPrefix(asApp),
      planImport: createPlanImport({ ...shared, changeOperation }),
      viewImports: createViewImports(shared),
      decideImport: createDecideImport(shared),
      startImport: createStartImport({ ...shared, changeOperation }),
      listRepositories: createListRepositories(asApp),
      viewLimits: createViewLimits(shared),
      countStored: createCountStored(shared),
      wakeOperations: createWakeOperations(shared),
      prepareUninstall: createPrepareUninstall({ ...shared, serverBinding }),
      followRepository: createFollowRepository({ ...asApp, serverBinding }),
      forgetRepository: createForgetRepository({ ...shared, unbindProject: unbindEverywhere }),
      repair: createRepair({ ...shared, bindEverywhere, unbindEverywhere, serverBinding }),
      viewRepository: createViewRepository(asApp),
      viewRepositoryCard: createViewRepositoryCard(asUser),
      searchProjects: createSearchProjects(asUser),
      checkManual: createCheckManual(asApp),
      makeSnippet: createMakeSnippet(asApp),
      previewUnbind: createPreviewUnbind(shared),
      listChanges: createListChanges(shared),
      saveSettings: createSaveSettings(shared),
      findRepository: (address: RepositoryAddress) => asApp.bitbucket.findRepository(address),
      listBitbucketProjects: (workspaceUuid: string, page: number) =>
        asApp.bitbucket.listProjects(workspaceUuid, page),
      bindProject,
      bindEverywhere,
      unbindEverywhere,
    },
  };
}

export type App = ReturnType<typeof createApp>;
