import * as z from 'zod/mini';
import type { KeyValueStore } from '../domain/ports/key-value-store';
import type { BindingStore } from '../domain/ports/stores';
import { keys } from './keys';
import { parseRecord } from './parse-record';

const StoredBinding = z.strictObject({
  version: z.literal(1),
  projects: z.array(
    z.strictObject({ connectionId: z.string(), projectKey: z.string(), projectName: z.string() }),
  ),
  insistOnCommit: z.boolean(),
});
const StoredProjectClaim = z.strictObject({ version: z.literal(1), repositoryUuid: z.string() });

/** Bindings by repository, and the claims that keep a project with one repository. */
export function createBindingRepository(store: KeyValueStore): BindingStore {
  async function findRepository(connectionId: string, projectKey: string) {
    const key = keys.project(connectionId, projectKey);
    const stored = await store.get(key);
    return stored === undefined
      ? undefined
      : parseRecord(StoredProjectClaim, key, stored).repositoryUuid;
  }

  return {
    async find(repositoryUuid) {
      const key = keys.binding(repositoryUuid);
      const stored = await store.get(key);
      if (stored === undefined) return undefined;
      const { projects, insistOnCommit } = parseRecord(StoredBinding, key, stored);
      return { repositoryUuid, projects, insistOnCommit };
    },

    async save({ repositoryUuid, projects, insistOnCommit }) {
      await store.set(keys.binding(repositoryUuid), { version: 1, projects, insistOnCommit });
    },

    async claimProject(connectionId, projectKey, repositoryUuid) {
      const key = keys.project(connectionId, projectKey);
      if (await store.add(key, { version: 1, repositoryUuid })) return true;
      return (await findRepository(connectionId, projectKey)) === repositoryUuid;
    },

    findRepository,
  };
}
