import type { EntityValue, KeyValueStore, WriteOptions } from '../domain/ports/key-value-store';

/**
 * Writes an entity on top of the sequence that was read, or adds it when none was. False: somebody else was first and
 * nothing was written.
 */
export function writeOnSequence(
  store: KeyValueStore,
  entity: string,
  key: string,
  value: EntityValue & { readonly sequence: number },
  expectedSequence: number | undefined,
  options?: WriteOptions,
): Promise<boolean> {
  return expectedSequence === undefined
    ? store.addEntity(entity, key, value, options)
    : store.replaceEntity(entity, key, value, { sequence: expectedSequence }, options);
}
