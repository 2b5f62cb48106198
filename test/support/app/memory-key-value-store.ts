import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type {
  EntityValue,
  KeyValueStore,
  PageRequest,
  Scalar,
} from '../../../src/domain/ports/key-value-store';
import { projectRoot } from '../project-root';

/** A store in memory that counts its operations; what is written is copied, as on the platform. */
export interface MemoryKeyValueStore extends KeyValueStore {
  readonly counts: { reads: number; writes: number };
  /** Everything that is stored, secrets included. */
  dump(): string;
  /** The next write of this kind runs this first, as another invocation would in between. */
  beforeNextWrite(work: () => Promise<void>): void;
  /** Write number `place` from now on fails, as when the function is killed before it; `undefined` lets all through. */
  failWrite(place: number | undefined): void;
}

export function createMemoryKeyValueStore(): MemoryKeyValueStore {
  const values = new Map<string, string>();
  const counts = { reads: 0, writes: 0 };
  let failIn = Infinity;
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
    failIn -= 1;
    if (failIn === 0) throw new Error('The function was killed.');
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

  function cut<T>(items: readonly T[], { limit, cursor = '0' }: PageRequest) {
    counts.reads += 1;
    const from = Number(cursor);
    const nextCursor = from + limit < items.length ? String(from + limit) : undefined;
    return { page: items.slice(from, from + limit), nextCursor };
  }

  return {
    counts,
    dump: () => JSON.stringify([...values]),
    beforeNextWrite(work) {
      inBetween = work;
    },
    failWrite(place) {
      failIn = place ?? Infinity;
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
    async deleteSecret(key) {
      await write(() => values.delete(`secret ${key}`));
    },
    listKeys(prefix, request) {
      const keys = [...values.keys()]
        .filter((key) => key.startsWith(`value ${prefix}`))
        .map((key) => key.slice('value '.length))
        .sort();
      const { page, nextCursor } = cut(keys, request);
      return Promise.resolve({ keys: page, nextCursor });
    },
    async removeEntity(entity, key) {
      await write(() => values.delete(entityKey(entity, key)));
    },
    queryEntities(entity, query) {
      const { partition, range } = findIndex(entity, query.index);
      const items = [...values]
        .filter(([key]) => key.startsWith(entityKey(entity, '')))
        .map(([key, text]) => ({
          key: key.slice(entityKey(entity, '').length),
          value: JSON.parse(text) as EntityValue,
        }))
        .map((item) => ({ ...item, sortValue: range === undefined ? item.key : item.value[range] }))
        .filter(
          ({ value, sortValue }) =>
            sortValue !== undefined &&
            partition.every((name, place) => value[name] === query.partition?.[place]),
        )
        .sort(
          (one, other) => compare(one.sortValue, other.sortValue) || compare(one.key, other.key),
        );
      const { page, nextCursor } = cut(query.isDescending ? items.reverse() : items, query);
      const filters = Object.entries(query.filters ?? {});
      return Promise.resolve({
        items: page
          .filter(({ value }) => filters.every(([name, wanted]) => value[name] === wanted))
          .map(({ key, value }) => ({ key, value })),
        nextCursor,
      });
    },
    getEntity: (entity, key) => Promise.resolve(read(entityKey(entity, key))),
    async setEntity(entity, key, value) {
      await write(() => put(entityKey(entity, key), value));
    },
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

interface ManifestEntity {
  readonly name: string;
  readonly indexes: readonly (
    | string
    | {
        readonly name: string;
        readonly partition?: readonly string[];
        readonly range: readonly string[];
      }
  )[];
}

const manifest = parse(readFileSync(join(projectRoot, 'manifest.yml'), 'utf8')) as {
  readonly app: { readonly storage: { readonly entities: readonly ManifestEntity[] } };
};

/** The attributes of an index as the manifest declares it. */
function findIndex(entity: string, index: string) {
  if (index === 'by-key') return { partition: [], range: undefined };
  const declared = manifest.app.storage.entities
    .find(({ name }) => name === entity)
    ?.indexes.find((each) => (typeof each === 'string' ? each : each.name) === index);
  if (declared === undefined) throw new Error(`The entity "${entity}" has no index "${index}".`);
  if (typeof declared === 'string') return { partition: [], range: declared };
  return { partition: declared.partition ?? [], range: declared.range[0] };
}

function compare(one: unknown, other: unknown): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  const [text, otherText] = [String(one), String(other)];
  return text < otherText ? -1 : Number(text > otherText);
}
