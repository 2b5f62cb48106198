import * as z from 'zod/mini';
import type { StoredKind } from '../contracts/health';
import type { PullRequestIdentity } from '../domain/identifiers';
import type { Inventory } from '../domain/ports/inventory';
import type { KeyValueStore } from '../domain/ports/key-value-store';
import { entities, indexes, keys } from './keys';
import { parseRecord } from './parse-record';

const largestPage = 100;
const Identity = z.object({ repositoryUuid: z.string(), pullRequestId: z.int() });
const StoredVerdict = z.object({ record: Identity });
const StoredPublication = z.object({
  record: z.extend(Identity, { connectionId: z.string(), projectKey: z.string() }),
});

const entityOf: Readonly<Record<StoredKind, string>> = {
  connections: entities.connection,
  bindings: entities.binding,
  settings: entities.settings,
  verdicts: entities.verdict,
  publications: entities.publication,
  findings: entities.finding,
  operations: entities.operation,
  imports: entities.importRun,
  changes: entities.audit,
};

/** Walks the whole store; nothing but identities is read out of what it finds, so that newer forms do no harm. */
export function createInventory(store: KeyValueStore): Inventory {
  return {
    async count(kind, most) {
      let count = 0;
      let cursor: string | undefined;
      do {
        const limit = Math.min(largestPage, most - count);
        const page = await store.queryEntities(entityOf[kind], {
          index: indexes.byKey,
          limit,
          cursor,
        });
        count += page.items.length;
        cursor = page.nextCursor;
      } while (cursor !== undefined && count < most);
      return { count, isMore: cursor !== undefined };
    },

    async listVerdicts(page) {
      const { items, nextCursor } = await store.queryEntities(entities.verdict, {
        index: indexes.byKey,
        ...page,
      });
      const found = items.map(({ key, value }) => parseRecord(StoredVerdict, key, value).record);
      return { items: found, nextCursor };
    },

    async listIssueOwners(page) {
      const { keys: found, nextCursor } = await store.listKeys(keys.issuesOfAll, page);
      const owners = new Map(found.map((key) => [key.split(':').slice(1, 3).join(':'), key]));
      return { items: [...owners.keys()].flatMap(toIdentity), nextCursor };
    },

    async listPublications(page) {
      const { items, nextCursor } = await store.queryEntities(entities.publication, {
        index: indexes.byKey,
        ...page,
      });
      const found = items.map(
        ({ key, value }) => parseRecord(StoredPublication, key, value).record,
      );
      return { items: found, nextCursor };
    },
  };
}

function toIdentity(owner: string): PullRequestIdentity[] {
  const [repositoryUuid = '', id] = owner.split(':');
  const pullRequestId = Number(id);
  return Number.isInteger(pullRequestId) ? [{ repositoryUuid, pullRequestId }] : [];
}
