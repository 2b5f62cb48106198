import type { DisconnectImpact } from '../../contracts/connections';
import type { BindingStore, SecretStore } from '../../domain/ports/stores';
import type { ListUses } from './list-uses';

export interface PreviewDisconnectOptions {
  readonly bindings: BindingStore;
  readonly secrets: SecretStore;
  readonly listUses: ListUses;
}

export type PreviewDisconnect = (input: {
  readonly connectionId: string;
  readonly workspaceUuid: string;
}) => Promise<DisconnectImpact>;

const pageSize = 100;
const mostPages = 10;
const sampleSize = 5;

/** What disconnecting would touch, counted up to 1,000 projects. */
export function createPreviewDisconnect(options: PreviewDisconnectOptions): PreviewDisconnect {
  const { bindings, secrets, listUses } = options;

  async function count(connectionId: string) {
    let projects = 0;
    let cursor: string | undefined;
    for (let pages = 0; pages < mostPages; pages += 1) {
      const page = await bindings.listClaims(connectionId, { limit: pageSize, cursor });
      projects += page.items.length;
      cursor = page.nextCursor;
      if (cursor === undefined) break;
    }
    return { projects, isMore: cursor !== undefined };
  }

  return async ({ connectionId, workspaceUuid }) => {
    const [counted, sample, webhook] = await Promise.all([
      count(connectionId),
      listUses({ connectionId, workspaceUuid, limit: sampleSize }),
      secrets.findWebhookSecrets(connectionId),
    ]);
    return { ...counted, hasWebhook: webhook !== undefined, sample: [...sample.items] };
  };
}
