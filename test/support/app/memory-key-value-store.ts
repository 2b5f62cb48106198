import type { EntityValue, KeyValueStore, Scalar } from '../../../src/domain/ports/key-value-store';

/** A store in memory that counts its operations; what is written is copied, as on the platform. */
export interface MemoryKeyValueStore extends KeyValueStore {
  readonly counts: { reads: number; writes: number };
  /** Everything that is stored, secrets included. */
  dump(): string;
  /** The next write of this kind runs this first, as another invocation would in between. */
  beforeNextWrite(work: () => Promise<void>): void;
}

export function createMemoryKeyValueStore(): MemoryKeyValueStore {
  const values = new Map<string, string>();
  const counts = { reads: 0, writes: 0 };
  let inBetween: (() => Promise<void>) | undefined;

  function read(key: string): unknown {
    counts.reads += 1;
    const text = values.get(key);
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  }

  async function write(work: () => boolean): Promise<boolean> {
    const first = inBetween;
    inBetween = undefined;
    await first?.();
    counts.writes += 1;
    return work();
  }

  function put(key: string, value: unknown): true {
    values.set(key, JSON.stringify(value));
    return true;
  }

  function matches(key: string, expected: Readonly<Record<string, Scalar>>): boolean {
    const text = values.get(key);
    if (text === undefined) return false;
    const stored = JSON.parse(text) as EntityValue;
    return Object.entries(expected).every(([name, value]) => stored[name] === value);
  }

  const entityKey = (entity: string, key: string) => `entity ${entity} ${key}`;
  return {
    counts,
    dump: () => JSON.stringify([...values]),
    beforeNextWrite(work) {
      inBetween = work;
    },
    get: (key) => Promise.resolve(read(`value ${key}`)),
    async set(key, value) {
      await write(() => put(`value ${key}`, value));
    },
    add: (key, value) => write(() => !values.has(`value ${key}`) && put(`value ${key}`, value)),
    async delete(key) {
      await write(() => values.delete(`value ${key}`));
    },
    getSecret: (key) => Promise.resolve(read(`secret ${key}`)),
    async setSecret(key, value) {
      await write(() => put(`secret ${key}`, value));
    },
    getEntity: (entity, key) => Promise.resolve(read(entityKey(entity, key))),
    addEntity: (entity, key, value) =>
      write(() => !values.has(entityKey(entity, key)) && put(entityKey(entity, key), value)),
    tryAddEntity: (entity, key, value) =>
      write(() => !values.has(entityKey(entity, key)) && put(entityKey(entity, key), value)),
    replaceEntity: (entity, key, value, expected) =>
      write(() => matches(entityKey(entity, key), expected) && put(entityKey(entity, key), value)),
    deleteEntity: (entity, key, expected) =>
      write(
        () => matches(entityKey(entity, key), expected) && values.delete(entityKey(entity, key)),
      ),
  };
}
