import { createApp } from './app';
import { createReadDueHandler } from './handlers/read-due';
import { createCompareBindingsHandler } from './handlers/compare-bindings';
import { createCheckConnectionsHandler } from './handlers/check-connections';
import { createMergeCheckHandler } from './handlers/merge-check';
import { createPrepareUninstallHandler } from './handlers/prepare-uninstall';
import { createPullRequestChangedHandler } from './handlers/pull-request-changed';
import { createPullRequestResolver } from './handlers/pull-request-resolver';
import { createRepositoryResolver } from './handlers/repository-resolver';
import { createRepositoryChangedHandler } from './handlers/repository-changed';
import { createRunMaintenanceHandler } from './handlers/run-maintenance';
import { createWorkspaceResolver } from './handlers/workspace-resolver';
import { createReceiveDeliveryHandler } from './handlers/receive-delivery';
import { createRefreshVerdictHandler } from './handlers/refresh-verdict';

const { log, stores, guards, useCases } = createApp();

/** One handler for each function of manifest.yml. */
export const pullRequestResolver = createPullRequestResolver({ ...useCases, ...guards, log });
export const repositoryResolver = createRepositoryResolver({
  ...stores,
  ...useCases,
  ...guards,
  log,
});
export const mergeCheck = createMergeCheckHandler({ ...useCases, log });
export const workspaceResolver = createWorkspaceResolver({
  ...stores,
  ...useCases,
  ...guards,
  log,
});
export const pullRequestChanged = createPullRequestChangedHandler({ ...useCases, log });
export const refreshVerdict = createRefreshVerdictHandler({ ...useCases, log });
export const repositoryChanged = createRepositoryChangedHandler({ ...useCases, log });
export const runMaintenance = createRunMaintenanceHandler({ ...useCases, log });
export const readDue = createReadDueHandler({ ...useCases, log });
export const checkConnections = createCheckConnectionsHandler({ ...useCases, log });
export const compareBindings = createCompareBindingsHandler({ ...useCases, log });
export const prepareUninstall = createPrepareUninstallHandler({ ...useCases, log });
export const receiveDelivery = createReceiveDeliveryHandler({ ...useCases, log });
