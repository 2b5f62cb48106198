import { toActive, type BoundProject } from '../../domain/binding';
import { withoutBraces } from '../../domain/identifiers';
import type { BitbucketAsApp } from '../../domain/ports/bitbucket';
import type { BindingStore } from '../../domain/ports/stores';
import { keepOnServer, type KeepOnServerOptions } from './keep-on-server';

export interface FollowRepositoryOptions extends KeepOnServerOptions {
  readonly bindings: BindingStore;
  readonly bitbucket: BitbucketAsApp;
}

export type FollowRepository = (repositoryUuid: string, workspaceUuid: string) => Promise<void>;

/**
 * After a repository was renamed or moved: our records go by its UUID and need nothing; what a server keeps names the slug
 * and is written anew. Safe to repeat, and without a call when no server keeps a record. @throws {RemoteError}
 */
export function createFollowRepository(options: FollowRepositoryOptions): FollowRepository {
  const { bindings, bitbucket } = options;
  return async (uuid, workspaceUuid) => {
    const repositoryUuid = withoutBraces(uuid);
    const binding = toActive(await bindings.find(repositoryUuid));
    const kept = binding?.projects.filter(({ serverRecord }) => serverRecord) ?? [];
    if (kept.length === 0) return;
    const repository = await bitbucket.findRepository({ workspaceUuid, repositoryUuid });
    if (!repository) return;
    for (const project of kept) {
      if (isNamed(project, repository.slug)) continue;
      await keepOnServer(options, { ...project, repositoryUuid }, workspaceUuid);
    }
  };
}

function isNamed({ serverRecord }: BoundProject, slug: string): boolean {
  const { slugs = [], isWritten } = serverRecord ?? {};
  return isWritten === true && slugs.length === 1 && slugs[0] === slug;
}
