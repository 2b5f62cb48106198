import { isDeepStrictEqual } from 'node:util';
import type { KeyValueStore, Scalar } from '../../../src/domain/ports/key-value-store';

/** The store of one test, in this process. */
export function createMemoryStore(): KeyValueStore {
  const values = new Map<string, unknown>();
  const secrets = new Map<string, unknown>();
  const nameOf = (entity: string, key: string) => `${entity} ${key}`;

  function holds(name: string, expected: Readonly<Record<string, Scalar>>): boolean {
    const stored = values.get(name) as Readonly<Record<string, unknown>> | undefined;
    return (
      stored !== undefined &&
      Object.entries(expected).every(([key, value]) => isDeepStrictEqual(stored[key], value))
    );
  }

  function add(name: string, value: unknown): Promise<boolean> {
    if (values.has(name)) return Promise.resolve(false);
    values.set(name, structuredClone(value));
    return Promise.resolve(true);
  }

  return {
    get: (key) => Promise.resolve(values.get(key)),
    set: (key, value) => Promise.resolve(void values.set(key, structuredClone(value))),
    add: (key, value) => add(key, value),
    delete: (key) => Promise.resolve(void values.delete(key)),
    getSecret: (key) => Promise.resolve(secrets.get(key)),
    setSecret: (key, value) => Promise.resolve(void secrets.set(key, value)),
    getEntity: (entity, key) => Promise.resolve(values.get(nameOf(entity, key))),
    addEntity: (entity, key, value) => add(nameOf(entity, key), value),
    tryAddEntity: (entity, key, value) => add(nameOf(entity, key), value),
    replaceEntity(entity, key, value, expected) {
      const name = nameOf(entity, key);
      if (!holds(name, expected)) return Promise.resolve(false);
      values.set(name, structuredClone(value));
      return Promise.resolve(true);
    },
    deleteEntity(entity, key, expected) {
      const name = nameOf(entity, key);
      return Promise.resolve(holds(name, expected) && values.delete(name));
    },
  };
}
