import { nameBasedUuid } from './name-based-uuid';
import type { RepositoryRecord } from './records';
import { withBraces } from './uuids';

/** Repositories that listings of the API show and that have no folder: for tests with thousands of them. */
export interface ListedRepositories {
  add(count: number, now: number): readonly RepositoryRecord[];
  find(slugOrUuid: string): RepositoryRecord | undefined;
  all(): readonly RepositoryRecord[];
  has(uuid: string): boolean;
}

/** Of each of them. */
const listedBytes = 200_000;

export function createListedRepositories(
  workspaceUuid: string,
  projectKeys: readonly string[],
): ListedRepositories {
  const byUuid = new Map<string, RepositoryRecord>();
  const bySlug = new Map<string, RepositoryRecord>();

  function make(number: number, now: number): RepositoryRecord {
    const name = `listed-${String(number).padStart(5, '0')}`;
    return {
      uuid: withBraces(nameBasedUuid(workspaceUuid, 'listed', name)),
      slug: name,
      name,
      // No folder has this name, so nothing that asks git reads another repository by mistake.
      path: `/listed-repositories/${name}`,
      isPrivate: true,
      mainBranch: 'main',
      language: 'javascript',
      sizeBytes: listedBytes,
      source: null,
      projectKey: projectKeys[number % projectKeys.length] ?? '',
      createdAt: now,
      updatedAt: now,
    };
  }

  return {
    add(count, now) {
      const first = byUuid.size + 1;
      const records = Array.from({ length: count }, (_, index) => make(first + index, now));
      for (const record of records) {
        byUuid.set(record.uuid, record);
        bySlug.set(record.slug, record);
      }
      return records;
    },
    find: (slugOrUuid) => bySlug.get(slugOrUuid) ?? byUuid.get(slugOrUuid),
    all: () => [...byUuid.values()],
    has: (uuid) => byUuid.has(uuid),
  };
}
