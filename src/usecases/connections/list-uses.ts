import type { ConnectionUse } from '../../contracts/connections';
import type { ProjectClaim } from '../../domain/binding';
import type { BitbucketAsApp } from '../../domain/ports/bitbucket';
import type { BindingStore, Page } from '../../domain/ports/stores';
import { RemoteError } from '../../errors/remote-errors';

export interface ListUsesOptions {
  readonly bindings: BindingStore;
  readonly bitbucket: BitbucketAsApp;
}

export type ListUses = (input: {
  readonly connectionId: string;
  readonly workspaceUuid: string;
  readonly limit: number;
  readonly cursor?: string | undefined;
}) => Promise<Page<ConnectionUse>>;

/** Repositories that use a connection, by name as far as Bitbucket names them. */
export function createListUses({ bindings, bitbucket }: ListUsesOptions): ListUses {
  async function toUse(
    { repositoryUuid, projectKey }: ProjectClaim,
    workspaceUuid: string,
  ): Promise<ConnectionUse> {
    const facts = await bitbucket
      .findRepository({ workspaceUuid, repositoryUuid })
      .catch((error: unknown) => {
        if (error instanceof RemoteError) return undefined;
        throw error;
      });
    return { repositoryUuid, projectKey, ...(facts && { repositoryName: facts.name }) };
  }

  return async ({ connectionId, workspaceUuid, limit, cursor }) => {
    const page = await bindings.listClaims(connectionId, { limit, cursor });
    const items = await Promise.all(page.items.map((claim) => toUse(claim, workspaceUuid)));
    return { items, nextCursor: page.nextCursor };
  };
}
