import type { HostClock } from '../clock';
import type { ProductEvent } from '../platform/types';
import type { People } from './people';
import { repositoryEvent } from './product-events';
import { findProject, type BitbucketProject } from './projects';
import type { RepositoryRecord } from './records';
import type { RepositoryRegistry } from './repository-registry';
import type { RepositorySummary } from './types';

/** What administrators do to repositories; each sends the event that Bitbucket sends for it. */
export interface RepositoryChanges {
  /** The slug follows from the name, the UUID stays. */
  rename(repositoryUuid: string, name: string): RepositorySummary;
  /** @throws Error when the workspace has no project with this key. */
  moveToProject(repositoryUuid: string, projectKey: string): RepositorySummary;
  setVisibility(repositoryUuid: string, isPrivate: boolean): RepositorySummary;
  deleteRepository(repositoryUuid: string): void;
  /**
   * Gives the repository to another workspace, where the app is not installed: it is gone from here, and no event says
   * so, as Bitbucket documents none for a transfer.
   */
  transferOut(repositoryUuid: string): void;
}

interface ChangesOptions {
  readonly registry: RepositoryRegistry;
  readonly projects: readonly BitbucketProject[];
  readonly people: People;
  readonly clock: HostClock;
  readonly emit: (event: ProductEvent) => void;
}

type Fields = Readonly<Record<string, readonly [before: unknown, after: unknown]>>;

export function createRepositoryChanges(options: ChangesOptions): RepositoryChanges {
  const { registry, projects, people, clock, emit } = options;

  function owner() {
    return people.users.find(({ workspaceRole }) => workspaceRole === 'owner') ?? people.appUser;
  }

  function update(
    before: RepositoryRecord,
    change: Partial<RepositoryRecord>,
    fields: (after: RepositoryRecord) => Fields,
  ): RepositorySummary {
    const after: RepositoryRecord = { ...before, ...change, updatedAt: clock.now() };
    const summary = registry.replace(after);
    const changes = Object.fromEntries(
      Object.entries(fields(after))
        .filter(([, [old, next]]) => old !== next)
        .map(([field, [old, next]]) => [field, { old: valueOf(old), new: valueOf(next) }]),
    );
    emit({
      ...repositoryEvent(registry.eventSource(), after, { verb: 'updated', actor: owner() }),
      changes,
    });
    return summary;
  }

  return {
    rename(uuid, name) {
      const before = registry.get(uuid);
      const slug = registry.freeSlug(name, before.uuid);
      const firstSlug = before.firstSlug ?? before.slug;
      return update(before, { name, slug, firstSlug }, (after) => ({
        name: [before.name, after.name],
        slug: [before.slug, after.slug],
      }));
    },
    moveToProject(uuid, projectKey) {
      const before = registry.get(uuid);
      const { key } = findProject(projects, projectKey);
      return update(before, { projectKey: key }, () => ({ project: [before.projectKey, key] }));
    },
    setVisibility(uuid, isPrivate) {
      const before = registry.get(uuid);
      return update(before, { isPrivate }, () => ({ isPrivate: [before.isPrivate, isPrivate] }));
    },
    deleteRepository(uuid) {
      const record = registry.get(uuid);
      const event = repositoryEvent(registry.eventSource(), record, {
        verb: 'deleted',
        actor: owner(),
      });
      registry.remove(record.uuid);
      emit(event);
    },
    transferOut: (uuid) => registry.remove(registry.get(uuid).uuid),
  };
}

function valueOf(value: unknown) {
  return { value, truncated: false };
}
