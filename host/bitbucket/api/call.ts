import type { HostClock } from '../../clock';
import type { CodeInsightsStore } from '../code-insights-store';
import type { BitbucketStandIn } from '../types';
import type { EmulatedOperation } from '../operations';
import type { People } from '../people';
import type { BitbucketProject } from '../projects';
import type { AnswerOf, ParameterOf } from '../published';
import type { RepositoryRegistry } from '../repository-registry';
import type { Rights, Viewer } from '../rights';
import type { Store } from '../store';

/** What the operations work with. */
export interface ApiContext {
  readonly workspace: BitbucketStandIn['workspace'];
  readonly projects: readonly BitbucketProject[];
  readonly people: People;
  readonly rights: Rights;
  readonly registry: RepositoryRegistry;
  readonly store: Store;
  readonly codeInsights: CodeInsightsStore;
  readonly clock: HostClock;
}

/** One request of an emulated operation, its caller known and its scopes checked. */
export interface Call<O extends EmulatedOperation = EmulatedOperation> {
  readonly params: Readonly<Record<ParameterOf<O>, string>>;
  readonly url: URL;
  readonly request: Request;
  readonly viewer: Viewer;
}

/** The published body of the operation, or a response of its own where that is not JSON: text, bytes, a redirect. */
export type Handler<O extends EmulatedOperation> = (
  call: Call<O>,
) => Promise<AnswerOf<O> | Response> | AnswerOf<O> | Response;

/** A handler for every emulated operation: a missing one does not compile. */
export type Handlers = { readonly [O in EmulatedOperation]: Handler<O> };
