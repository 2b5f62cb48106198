import { Filter, FilterConditions, ForgeKvsAPIError, kvs, Sort, WhereConditions } from '@forge/kvs';
import type {
  EntityPage,
  EntityQuery,
  EntityValue,
  KeyPage,
  KeyValueStore,
  PageRequest,
  Scalar,
  WriteOptions,
} from '../domain/ports/key-value-store';
import { PlatformUnavailableError } from '../errors/platform-errors';

/** Documented refusals of a request that is wrong in itself (forge-runtime.md 4.2): never a lost race. */
const requestFaults: ReadonlySet<string> = new Set([
  'KEY_TOO_SHORT',
  'EMPTY_KEY',
  'KEY_TOO_LONG',
  'INVALID_KEY',
  'MAX_SIZE',
  'MAX_DEPTH',
  'ENTITY_TYPE_TOO_SHORT',
  'ENTITY_TYPE_TOO_LARGE',
  'INVALID_ENTITY_TYPE',
  'INVALID_ENTITY_VALUE',
  'INVALID_ENTITY_ATTRIBUTE',
  'INVALID_FILTER_CONDITION',
  'INVALID_FILTER_VALUES',
]);
const busyCodes: ReadonlySet<string> = new Set(['RATE_LIMIT_EXCEEDED', 'TOO_MANY_REQUESTS']);

/** Forge's store behind our port. */
export function createKeyValueStore(): KeyValueStore {
  return {
    get: (key) => translated(() => kvs.get(key)),
    set: (key, value, options) => translated(() => kvs.set(key, value, toSetOptions(options))),
    add: (key, value, options) =>
      isFirst(
        () => kvs.set(key, value, { ...toSetOptions(options), keyPolicy: 'FAIL_IF_EXISTS' }),
        () => kvs.get(key),
      ),
    delete: (key) => translated(() => kvs.delete(key)),
    getSecret: (key) => translated(() => kvs.getSecret(key)),
    setSecret: (key, value) => translated(() => kvs.setSecret(key, value)),
    deleteSecret: (key) => translated(() => kvs.deleteSecret(key)),
    listKeys: (prefix, page) => translated(() => listKeys(prefix, page)),
    getEntity: (entity, key) => translated(() => kvs.entity<EntityValue>(entity).get(key)),
    setEntity: (entity, key, value, options) =>
      translated(() => kvs.entity<EntityValue>(entity).set(key, value, toSetOptions(options))),
    addEntity: (entity, key, value, options) =>
      isFirst(
        () =>
          kvs
            .entity<EntityValue>(entity)
            .set(key, value, { ...toSetOptions(options), keyPolicy: 'FAIL_IF_EXISTS' }),
        () => kvs.entity<EntityValue>(entity).get(key),
      ),
    tryAddEntity: (entity, key, value, options) =>
      holds(() =>
        kvs
          .entity<EntityValue>(entity)
          .set(key, value, { ...toSetOptions(options), keyPolicy: 'FAIL_IF_EXISTS' }),
      ),
    replaceEntity: (entity, key, value, expected, options) =>
      holds(() =>
        kvs
          .transact()
          .set(key, value, toConditions(entity, expected), toSetOptions(options))
          .execute(),
      ),
    removeEntity: (entity, key) => translated(() => kvs.entity<EntityValue>(entity).delete(key)),
    queryEntities: (entity, query) => translated(() => queryEntities(entity, query)),
    deleteEntity: (entity, key, expected) =>
      holds(() => kvs.transact().delete(key, toConditions(entity, expected)).execute()),
  };
}

async function listKeys(prefix: string, { limit, cursor }: PageRequest): Promise<KeyPage> {
  const query = kvs.query().where('key', WhereConditions.beginsWith(prefix)).limit(limit);
  const { results, nextCursor } = await (
    cursor === undefined ? query : query.cursor(cursor)
  ).getMany();
  return { keys: results.map(({ key }) => key), nextCursor };
}

async function queryEntities(entity: string, wanted: EntityQuery): Promise<EntityPage> {
  const { index, partition, filters = {}, isDescending, limit, cursor } = wanted;
  const indexes = kvs.entity<EntityValue>(entity).query();
  const query = (
    partition ? indexes.index(index, { partition: [...partition] }) : indexes.index(index)
  ).limit(limit);
  if (Object.keys(filters).length > 0) query.filters(toFilter(filters));
  if (isDescending) query.sort(Sort.DESC);
  if (cursor !== undefined) query.cursor(cursor);
  const { results, nextCursor } = await query.getMany();
  return { items: results.map(({ key, value }) => ({ key, value })), nextCursor };
}

function toSetOptions({ ttlSeconds }: WriteOptions = {}) {
  return ttlSeconds === undefined ? {} : { ttl: { value: ttlSeconds, unit: 'SECONDS' as const } };
}

function toConditions(entityName: string, expected: Readonly<Record<string, Scalar>>) {
  return { entityName, conditions: toFilter(expected) };
}

function toFilter(expected: Readonly<Record<string, Scalar>>) {
  const [first, ...rest] = Object.entries(expected);
  if (!first) throw new Error('A condition needs an attribute.');
  const filter = new Filter<EntityValue>().and(first[0], FilterConditions.equalTo(first[1]));
  for (const [name, value] of rest) filter.and(name, FilterConditions.equalTo(value));
  return filter;
}

/** Tries of a write that is refused although the key is free. */
const mostTries = 3;

/**
 * A write that fails when the key is taken. Forge does not document the code of that failure, so the key itself is asked.
 * With nothing there it was freed in between and the write is tried again, or the refusal is another fault that stays.
 */
async function isFirst(write: () => Promise<void>, read: () => Promise<unknown>): Promise<boolean> {
  for (let tries = 1; ; tries += 1) {
    try {
      await write();
      return true;
    } catch (error) {
      if (!isRefusal(error)) throw translate(error);
      if ((await translated(read)) !== undefined) return false;
      if (tries === mostTries) throw translate(error);
    }
  }
}

/** A conditional write: any refusal that is not about the request itself means that a condition did not hold. */
async function holds(write: () => Promise<void>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (isRefusal(error)) return false;
    throw translate(error);
  }
}

function isRefusal(error: unknown): boolean {
  if (!(error instanceof ForgeKvsAPIError)) return false;
  const { code, responseDetails } = error;
  const { status } = responseDetails;
  const isClientFault = status >= 400 && status < 500 && status !== 429 && status !== 403;
  return isClientFault && !busyCodes.has(code) && !requestFaults.has(code);
}

async function translated<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw translate(error);
  }
}

/** What may work later is told apart from what is our mistake. */
function translate(error: unknown): unknown {
  if (!(error instanceof ForgeKvsAPIError)) return error;
  const { code, responseDetails } = error;
  const isBusy =
    busyCodes.has(code) || responseDetails.status === 429 || responseDetails.status >= 500;
  return isBusy ? new PlatformUnavailableError('use its storage', { cause: error }) : error;
}
