import type { OrganizationDraft } from '../../contracts/organizations';
import type { Clock } from '../../domain/ports/clock';
import type { ConnectionStore, DraftStore } from '../../domain/ports/stores';
import type { Caller } from '../caller';

export interface ManageDraftsOptions {
  readonly drafts: DraftStore;
  readonly connections: ConnectionStore;
  readonly clock: Clock;
}

export interface ManageDrafts {
  /** What the caller was about to do on a connection within the last seven days. */
  find(
    connectionId: string,
    caller: Caller,
  ): Promise<{ readonly draft: OrganizationDraft; readonly savedAt: string } | undefined>;
  /** Keeps it in the place of the last one; without one, forgets that. */
  keep(connectionId: string, draft: OrganizationDraft | undefined, caller: Caller): Promise<void>;
  /** Forgets every draft of the caller. */
  forgetAll(caller: Caller): Promise<void>;
}

/** Long enough to wait for an administrator of an organization to answer. */
export const keptSeconds = 7 * 24 * 3600;

/** What a person is in the middle of, so that they can go on on another day or another device. */
export function createManageDrafts({
  drafts,
  connections,
  clock,
}: ManageDraftsOptions): ManageDrafts {
  return {
    async find(connectionId, { accountId }) {
      const found = await drafts.find(accountId, connectionId);
      // The store lets things lie for longer than it says.
      if (!found || clock.nowMs() - found.savedAtMs >= keptSeconds * 1000) return undefined;
      return { draft: found.draft, savedAt: new Date(found.savedAtMs).toISOString() };
    },

    keep(connectionId, draft, { accountId }) {
      if (!draft) return drafts.remove(accountId, connectionId);
      const kept = { draft, savedAtMs: clock.nowMs() };
      return drafts.save(accountId, connectionId, kept, keptSeconds);
    },

    async forgetAll({ accountId }) {
      // The listing lags behind, so what may be there is forgotten by its name.
      const known = (await connections.list()).map(({ connectionId }) => connectionId);
      for (const connectionId of new Set([...known, ...(await drafts.list(accountId))])) {
        await drafts.remove(accountId, connectionId);
      }
    },
  };
}
