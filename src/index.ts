import { createApp } from './app';
import { createPullRequestChangedHandler } from './handlers/pull-request-changed';
import { createPullRequestResolver } from './handlers/pull-request-resolver';
import { createRepositoryResolver } from './handlers/repository-resolver';
import { createReceiveDeliveryHandler } from './handlers/receive-delivery';
import { createRefreshVerdictHandler } from './handlers/refresh-verdict';

const { log, guards, useCases } = createApp();

/** One handler for each function of manifest.yml. */
export const pullRequestResolver = createPullRequestResolver({ ...useCases, ...guards, log });
export const repositoryResolver = createRepositoryResolver({ ...useCases, ...guards, log });
export const pullRequestChanged = createPullRequestChangedHandler({ ...useCases, log });
export const refreshVerdict = createRefreshVerdictHandler({ ...useCases, log });
export const receiveDelivery = createReceiveDeliveryHandler({ ...useCases, log });
