import * as z from 'zod/mini';
import { OperationKind, OperationView } from '../contracts/operations';
import type { Operation } from '../domain/operation';
import type { KeyValueStore } from '../domain/ports/key-value-store';
import type { OperationStore } from '../domain/ports/stores';
import { entities, indexes } from './keys';
import { parseRecord, withoutVersion } from './parse-record';
import { writeOnSequence } from './write-on-sequence';

const StoredOperation = z.object({
  sequence: z.int(),
  state: OperationView.shape.state,
  record: z.strictObject({
    version: z.literal(1),
    kind: OperationKind,
    connectionId: z.optional(z.string()),
    runId: z.optional(z.string()),
    name: z.string(),
    total: z.optional(z.number()),
    done: z.number(),
    failed: z.array(z.strictObject({ repositoryUuid: z.string(), projectKey: z.string() })),
    lastFailure: z.optional(z.string()),
    startedAt: z.string(),
    renewedAt: z.string(),
    finishedAt: z.optional(z.string()),
    startedBy: z.string(),
    cursor: z.optional(z.string()),
    isSettled: z.boolean(),
    isWaiting: z.optional(z.boolean()),
  }),
});

/** Ended operations are of no use after some weeks. */
const keptSeconds = 30 * 24 * 60 * 60;

/** Long work in the queue and how far it is. */
export function createOperationRepository(store: KeyValueStore): OperationStore {
  return {
    async find(operationId) {
      const stored = await store.getEntity(entities.operation, operationId);
      return stored === undefined ? undefined : toOperation(operationId, stored);
    },

    save({ operationId, sequence, state, ...record }, expectedSequence) {
      const startedAtMs = Date.parse(record.startedAt);
      const value = { sequence, state, startedAtMs, record: { version: 1, ...record } };
      return writeOnSequence(store, entities.operation, operationId, value, expectedSequence, {
        ttlSeconds: keptSeconds,
      });
    },

    async listByState(state, limit) {
      const { items } = await store.queryEntities(entities.operation, {
        index: indexes.byState,
        partition: [state],
        isDescending: true,
        limit,
      });
      return items.map(({ key, value }) => toOperation(key, value));
    },
  };
}

function toOperation(operationId: string, stored: unknown): Operation {
  const { sequence, state, record } = parseRecord(StoredOperation, operationId, stored);
  return { operationId, sequence, state, ...withoutVersion(record) };
}
