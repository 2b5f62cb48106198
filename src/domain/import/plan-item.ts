import type {
  ImportableRepository,
  ImportDecision,
  ImportItem,
  ImportOptions,
  ImportReason,
} from '../../contracts/imports';
import type { ListedRepository, RepositoryFacts } from '../ports/bitbucket';
import { findProjectKeyProblem, proposeProjectKey } from './project-key';

/** What is known of a repository and of the key that its project would get. */
export interface PlanFacts {
  /** Keys of the projects that the repository is bound to. */
  readonly boundTo: readonly string[];
  /** The server has a project with the key. */
  readonly isKeyTaken: boolean;
  /** Another repository of this workspace is bound to the project with the key. */
  readonly isKeyClaimed: boolean;
}

/** What an import does with a repository. Nothing is decided for a person: a key that is taken waits for a decision. */
export function planItem(
  repository: ListedRepository,
  options: ImportOptions,
  facts: PlanFacts,
): ImportItem {
  const { isFork, ...item } = {
    ...toFacts(repository),
    isFork: repository.isFork,
    projectKey: proposeProjectKey(options.keyPrefix, repository),
    action: 'create' as const,
  };
  const { projectKey } = item;
  if (facts.boundTo.length > 0) {
    return passOver(item, 'alreadyBound', `Bound to ${facts.boundTo.join(', ')}.`);
  }
  if (isFork && !options.includesForks) return passOver(item, 'fork', 'It is a fork.');
  if (repository.mainBranch === undefined && !options.includesEmpty) {
    return passOver(item, 'empty', 'It has no branch yet.');
  }
  if (facts.isKeyClaimed) return wait(item, 'keyClaimed', keyClaimed(projectKey));
  if (facts.isKeyTaken) return wait(item, 'keyTaken', keyTaken(projectKey));
  return { ...item, state: 'pending' };
}

/** What is kept of a repository, which a later look at it renews. */
export function toFacts(repository: ListedRepository | RepositoryFacts) {
  const { repositoryUuid, name, slug, mainBranch } = repository;
  const sizeBytes = 'sizeBytes' in repository ? repository.sizeBytes : undefined;
  return {
    ...{ repositoryUuid, name, slug },
    // What does not say that it is public counts as private.
    isPrivate: repository.isPrivate !== false,
    ...(mainBranch !== undefined && { mainBranch }),
    ...(sizeBytes !== undefined && { sizeBytes }),
  };
}

export function toImportable(
  { repositoryUuid, name, slug, isPrivate, isFork, mainBranch }: ListedRepository,
  boundTo: readonly string[],
): ImportableRepository {
  const isEmpty = mainBranch === undefined;
  return { repositoryUuid, name, slug, isPrivate, isFork, isEmpty, boundTo: [...boundTo] };
}

export function keyTaken(projectKey: string): string {
  return `The server has a project "${projectKey}" already. Use it, choose another key, or skip the repository.`;
}

export function keyClaimed(projectKey: string): string {
  return `The project "${projectKey}" is bound to another repository. Choose another key, or skip the repository.`;
}

/** Items that a person may still decide about. */
export function isUndecided({ state, reason }: ImportItem): boolean {
  if (state === 'skipped') return reason !== 'alreadyBound';
  return state === 'pending' || state === 'conflict' || state === 'failed';
}

/** The item after a decision. `problem`: why it cannot be taken, in a sentence. */
export function decide(
  item: ImportItem,
  decision: ImportDecision,
): { readonly item: ImportItem } | { readonly problem: string } {
  if (!isUndecided(item)) {
    return { problem: `There is nothing to decide about ${item.name} any more. Reload the page.` };
  }
  const open = toPending(item);
  if (decision.kind === 'skip') return { item: passOver(open, 'chosen', 'Somebody chose so.') };
  if (decision.kind === 'adopt') return { item: { ...open, action: 'adopt' } };
  const problem = findProjectKeyProblem(decision.projectKey);
  if (problem !== undefined) return { problem };
  const { projectKey } = decision;
  return { item: { ...open, projectKey, action: 'create' } };
}

/** The item to be imported, without what was said of it before. */
export function toPending({ reason, message, step, warning, ...item }: ImportItem): ImportItem {
  return { ...item, state: 'pending' };
}

type Planned = Omit<ImportItem, 'state'>;

function passOver(item: Planned, reason: ImportReason, message: string): ImportItem {
  return { ...item, state: 'skipped', reason, message };
}

function wait(item: Planned, reason: ImportReason, message: string): ImportItem {
  return { ...item, state: 'conflict', reason, message };
}

/**
 * Whether a project with this visibility may be the one of a repository: a private repository never gets a project that
 * everybody sees. What is not known counts as public.
 */
export function mayBind(
  { isPrivate }: Pick<ImportItem, 'isPrivate'>,
  visibility: 'public' | 'private' | undefined,
): boolean {
  return !isPrivate || visibility === 'private';
}

/** Visibility of a project that is made. */
export function toVisibility(
  { isPrivate }: Pick<ImportItem, 'isPrivate'>,
  { publicStaysPublic }: Pick<ImportOptions, 'publicStaysPublic'>,
): 'public' | 'private' {
  return !isPrivate && publicStaysPublic ? 'public' : 'private';
}
