import * as z from 'zod/mini';
import type { Binding, ProjectAddress, ProjectClaim } from '../domain/binding';
import type { KeyValueStore } from '../domain/ports/key-value-store';
import type { BindingStore } from '../domain/ports/stores';
import { entities, indexes, keys } from './keys';
import { parseRecord } from './parse-record';
import { writeOnSequence } from './write-on-sequence';

const StoredBinding = z.object({
  sequence: z.int(),
  record: z.strictObject({
    version: z.literal(1),
    projects: z.array(
      z.strictObject({
        connectionId: z.string(),
        projectKey: z.string(),
        projectName: z.string(),
        pathScope: z.optional(z.string()),
        state: z.enum(['bound', 'unbinding']),
        serverRecord: z.optional(
          z.strictObject({ slugs: z.array(z.string()), isWritten: z.boolean() }),
        ),
        imported: z.optional(z.strictObject({ runId: z.string(), at: z.string(), by: z.string() })),
      }),
    ),
  }),
});
const StoredClaim = z.object({
  connectionId: z.string(),
  projectKey: z.string(),
  repositoryUuid: z.string(),
  claimId: z.string(),
  takenFrom: z.optional(z.string()),
});

/** Bindings by repository, and the claims that keep a project with one repository. */
export function createBindingRepository(store: KeyValueStore): BindingStore {
  return {
    async find(repositoryUuid) {
      const stored = await store.getEntity(entities.binding, repositoryUuid);
      return stored === undefined ? undefined : toBinding(repositoryUuid, stored);
    },

    save({ repositoryUuid, sequence, projects }, expectedSequence) {
      if (projects.length === 0 && expectedSequence !== undefined) {
        return store.deleteEntity(entities.binding, repositoryUuid, { sequence: expectedSequence });
      }
      const value = { sequence, record: { version: 1, projects } };
      return writeOnSequence(store, entities.binding, repositoryUuid, value, expectedSequence);
    },

    async list(page) {
      const { items, nextCursor } = await store.queryEntities(entities.binding, {
        index: indexes.byKey,
        ...page,
      });
      return { items: items.map(({ key, value }) => toBinding(key, value)), nextCursor };
    },

    async findClaim(project) {
      const key = keyOf(project);
      const stored = await store.getEntity(entities.projectClaim, key);
      return stored === undefined ? undefined : parseRecord(StoredClaim, key, stored);
    },

    addClaim: (claim) =>
      store.addEntity(entities.projectClaim, keyOf(claim), StoredClaim.parse(claim)),

    replaceClaim: (claim, expectedClaimId) =>
      store.replaceEntity(entities.projectClaim, keyOf(claim), StoredClaim.parse(claim), {
        claimId: expectedClaimId,
      }),

    async removeClaim({ claimId, ...project }) {
      await store.deleteEntity(entities.projectClaim, keyOf(project), { claimId });
    },

    async listClaims(connectionId, page) {
      const { items, nextCursor } = await store.queryEntities(entities.projectClaim, {
        index: indexes.byConnection,
        partition: [connectionId],
        ...page,
      });
      return { items: items.map(toClaim), nextCursor };
    },

    async listAllClaims(page) {
      const { items, nextCursor } = await store.queryEntities(entities.projectClaim, {
        index: indexes.byKey,
        ...page,
      });
      return { items: items.map(toClaim), nextCursor };
    },
  };
}

function toClaim({ key, value }: { readonly key: string; readonly value: unknown }): ProjectClaim {
  return parseRecord(StoredClaim, key, value);
}

function keyOf({ connectionId, projectKey }: ProjectAddress): string {
  return keys.project(connectionId, projectKey);
}

function toBinding(repositoryUuid: string, stored: unknown): Binding {
  const { sequence, record } = parseRecord(StoredBinding, repositoryUuid, stored);
  return { repositoryUuid, sequence, projects: record.projects };
}
