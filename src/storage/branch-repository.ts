import * as z from 'zod/mini';
import { ChosenMetrics } from '../contracts/repository-card';
import type { KeyValueStore } from '../domain/ports/key-value-store';
import type { BranchStore } from '../domain/ports/branches';
import { keys } from './keys';
import { parseRecord, withoutVersion } from './parse-record';
import { StoredGate } from './verdict-schema';

const StoredBranch = z.strictObject({
  version: z.literal(1),
  checkedAtMs: z.number(),
  branch: z.optional(
    z.strictObject({
      gate: z.optional(StoredGate),
      values: z.record(z.string(), z.string()),
      analysedAt: z.optional(z.string()),
    }),
  ),
  failure: z.optional(z.strictObject({ isForbidden: z.boolean(), message: z.string() })),
});
const StoredChoice = z.strictObject({ version: z.literal(1), metrics: ChosenMetrics });

/** Whoever does not look at a repository for so long reads it anew. */
const keptSeconds = 24 * 3600;

/** What is known of main branches, and what each viewer wants to see of them. */
export function createBranchRepository(store: KeyValueStore): BranchStore {
  return {
    async find(project) {
      const key = keys.branch(project);
      const stored = await store.get(key);
      return stored === undefined
        ? undefined
        : withoutVersion(parseRecord(StoredBranch, key, stored));
    },
    save: (project, truth) =>
      store.set(keys.branch(project), StoredBranch.parse({ version: 1, ...truth }), {
        ttlSeconds: keptSeconds,
      }),
    remove: (project) => store.delete(keys.branch(project)),

    async findChosenMetrics(accountId) {
      const key = keys.cardMetrics(accountId);
      const stored = await store.get(key);
      return stored === undefined ? undefined : parseRecord(StoredChoice, key, stored).metrics;
    },
    saveChosenMetrics: (accountId, metrics) =>
      store.set(keys.cardMetrics(accountId), { version: 1, metrics: [...metrics] }),
  };
}
