import type { ImportSelection } from '@contracts/imports';

/** What is ticked: some repositories, or all that match the filter but those that were unticked. */
export interface Ticked {
  readonly isAll: boolean;
  /** Ticked one by one; with `isAll`, unticked one by one. */
  readonly uuids: ReadonlySet<string>;
}

export const nothingTicked: Ticked = { isAll: false, uuids: new Set() };

export function isTicked({ isAll, uuids }: Ticked, repositoryUuid: string): boolean {
  return uuids.has(repositoryUuid) !== isAll;
}

export function withTick(
  ticked: Ticked,
  repositoryUuids: readonly string[],
  isOn: boolean,
): Ticked {
  const uuids = new Set(ticked.uuids);
  for (const uuid of repositoryUuids) {
    if (isOn === ticked.isAll) uuids.delete(uuid);
    else uuids.add(uuid);
  }
  return { ...ticked, uuids };
}

/** How many are ticked; `undefined` where Bitbucket does not count what matches. */
export function countTicked(
  { isAll, uuids }: Ticked,
  total: number | undefined,
): number | undefined {
  if (!isAll) return uuids.size;
  return total === undefined ? undefined : Math.max(0, total - uuids.size);
}

export function toSelection({ isAll, uuids }: Ticked, query: string): ImportSelection {
  return isAll
    ? { kind: 'matching', query: query.trim(), except: [...uuids] }
    : { kind: 'named', repositoryUuids: [...uuids] };
}
