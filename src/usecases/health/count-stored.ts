import { StoredKind, type StoredCount } from '../../contracts/health';
import type { Inventory } from '../../domain/ports/inventory';

/** Ten pages of each: the answer comes within a second or two also in a workspace of thousands. */
const countedTo = 1_000;

export type CountStored = () => Promise<readonly StoredCount[]>;

/** How much of each kind is stored for this workspace. */
export function createCountStored({ inventory }: { readonly inventory: Inventory }): CountStored {
  return () =>
    Promise.all(
      StoredKind.options.map(async (kind) => ({
        kind,
        ...(await inventory.count(kind, countedTo)),
      })),
    );
}
