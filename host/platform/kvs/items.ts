import * as z from 'zod';
import { KvsError, quoted } from './kvs-error';
import { KvsLimits } from './limits';
import { Unverified } from './unverified';

/** Where one item of a batch or transaction points. */
export const ItemAddress = z.object({
  key: z.string(),
  entityName: z.string().optional(),
});
export type ItemAddress = z.infer<typeof ItemAddress>;

/** @throws {KvsError} when there are none or too many, or when two of them point at the same key. */
export function checkItems(what: 'batch' | 'transaction', items: readonly ItemAddress[]): void {
  if (items.length === 0 || items.length > KvsLimits.operationsPerRequest) {
    throw new KvsError(
      Unverified.invalidItems,
      `A ${what} takes 1 to ${KvsLimits.operationsPerRequest} operations; this one has ${items.length}.`,
    );
  }
  const seen = new Set<string>();
  for (const { key, entityName } of items) {
    const address = JSON.stringify([entityName, key]);
    if (seen.has(address)) {
      throw new KvsError(
        Unverified.invalidItems,
        `The key ${quoted(key)} is in this ${what} more than once.`,
      );
    }
    seen.add(address);
  }
}

/** @throws {KvsError} when the values together are larger than a request may be. */
export function checkRequestBytes(what: 'batch' | 'transaction', bytes: number): void {
  if (bytes > KvsLimits.requestBytes) {
    throw new KvsError(
      { status: 400, code: 'MAX_SIZE' },
      `The values of this ${what} have ${bytes} bytes together; ${KvsLimits.requestBytes} are allowed.`,
    );
  }
}
