import * as z from 'zod';
import type { HostClock } from '../../clock';
import type { HostDatabase } from '../../database';
import type { Installation } from '../types';
import type { KvsAnswer } from './answers';
import { deleteBatch, getBatch, setBatch } from './batch';
import { checkEntityValue, createEntities } from './entities';
import type { EntityDefinition } from './entity-definition';
import { queryEntities } from './entity-query';
import type { ItemAddress } from './items';
import { checkKey } from './keys';
import { KvsError, quoted } from './kvs-error';
import { KvsLimits } from './limits';
import { createMeter } from './meter';
import { parseRequest } from './options';
import { queryKeys } from './query';
import { createRecords, PLAIN } from './records';
import { prepareSchema } from './schema';
import { createSecrets, type SecretSummary } from './secrets';
import { deleteKey, getKey, setKey, type Target } from './single-key';
import { runTransaction } from './transaction';
import { Unverified } from './unverified';
import { toStoredJson } from './values';

export interface KvsOptions {
  readonly database: HostDatabase;
  readonly clock: HostClock;
  readonly manifest: {
    readonly entities: readonly EntityDefinition[];
    readonly scopes: readonly string[];
  };
  readonly installation: Installation;
  /** `late`, as on Forge: an expired value can be read for 48 hours more. `prompt`: it is gone on time. */
  readonly ttlDeletion?: 'late' | 'prompt';
  /** Queries see only writes older than this, in milliseconds; 0 when absent. */
  readonly queryLagMs?: number;
}

/** A plain value or an entity, as a dump shows it. */
export interface DumpedValue {
  readonly entityName?: string;
  readonly key: string;
  readonly value: unknown;
}

export interface Kvs {
  /** Answers one request of the storage API, `operation` being the path behind `/api/v1/`. Refusals are answers. */
  handle(operation: string, body: unknown): KvsAnswer;
  /** Everything that is stored; of secrets only what may be told without opening them. */
  dump(): { readonly values: readonly DumpedValue[]; readonly secrets: readonly SecretSummary[] };
}

/**
 * Forge storage for one installation, durable in the host's database.
 * @throws {Error} when the key of the stored secrets is missing or damaged.
 */
export function createKvs(options: KvsOptions): Kvs {
  const { database, clock, manifest, installation, ttlDeletion = 'late', queryLagMs = 0 } = options;
  const { installationId } = installation;
  const deletionDelayMs = ttlDeletion === 'late' ? KvsLimits.ttlDeletionDelayMs : 0;
  prepareSchema(database, manifest.entities);
  const records = createRecords({ database, clock, installationId, deletionDelayMs, queryLagMs });
  const secrets = createSecrets({ database, clock, installationId, deletionDelayMs });
  const entities = createEntities(manifest.entities);
  const meter = createMeter(clock);

  function plainTarget(key: unknown): Target {
    return {
      slot: records.slot(PLAIN),
      key: checkKey(key, 'value'),
      toJson: (value) => toStoredJson(value, KvsLimits.valueBytes),
    };
  }

  function secretTarget(key: unknown): Target {
    return {
      slot: secrets,
      key: checkKey(key, 'value'),
      toJson: (value) => toStoredJson(value, KvsLimits.secretBytes),
    };
  }

  function entityTarget(entityName: unknown, key: unknown): Target {
    const entity = entities.get(entityName);
    return {
      slot: records.slot(entity.name),
      key: checkKey(key, 'entity'),
      toJson: (value) => {
        // Size and depth first, so that nothing is checked attribute by attribute that is far too large.
        const json = toStoredJson(value, KvsLimits.valueBytes);
        checkEntityValue(entity, value);
        return json;
      },
    };
  }

  function toTarget({ key, entityName }: ItemAddress): Target {
    return entityName === undefined ? plainTarget(key) : entityTarget(entityName, key);
  }

  const single = { clock, meter };
  const several = { clock, meter, toTarget };
  const operations = new Map<string, (body: unknown) => KvsAnswer>([
    ['get', (body) => getKey(single, plainTarget(keyOf(body)), body)],
    ['set', (body) => setKey(single, plainTarget(keyOf(body)), body)],
    ['delete', (body) => deleteKey(single, plainTarget(keyOf(body)))],
    ['query', (body) => queryKeys(records, meter, body)],
    ['secret/get', (body) => getKey(single, secretTarget(keyOf(body)), body)],
    ['secret/set', (body) => setKey(single, secretTarget(keyOf(body)), body)],
    ['secret/delete', (body) => deleteKey(single, secretTarget(keyOf(body)))],
    ['entity/get', (body) => getKey(single, entityTarget(entityOf(body), keyOf(body)), body)],
    ['entity/set', (body) => setKey(single, entityTarget(entityOf(body), keyOf(body)), body)],
    ['entity/delete', (body) => deleteKey(single, entityTarget(entityOf(body), keyOf(body)))],
    ['entity/query', (body) => queryEntities(entities, records, meter, body)],
    ['transaction', (body) => runTransaction({ ...several, entities, records }, body)],
    ['batch/set', (body) => setBatch(several, body)],
    ['batch/get', (body) => getBatch(several, body)],
    ['batch/delete', (body) => deleteBatch(several, body)],
  ]);

  function answer(operation: string, body: unknown): KvsAnswer {
    if (!manifest.scopes.includes('storage:app')) {
      throw new KvsError(
        Unverified.scopeMissing,
        'The app has no scope "storage:app"; add it to permissions.scopes of the manifest.',
      );
    }
    meter.countRequest();
    const run = operations.get(operation);
    if (!run) {
      throw new KvsError(
        Unverified.unknownOperation,
        `The storage operation ${quoted(operation)} is not emulated; these are: ${[...operations.keys()].join(', ')}.`,
      );
    }
    return run(body);
  }

  return {
    handle(operation, body) {
      try {
        return answer(operation, body);
      } catch (error) {
        if (!(error instanceof KvsError)) throw error;
        return { status: error.status, body: { code: error.code, message: error.message } };
      }
    },
    dump() {
      return {
        values: records.all().map(({ entityName, key, json }) => ({
          ...(entityName !== PLAIN && { entityName }),
          key,
          value: JSON.parse(json) as unknown,
        })),
        secrets: secrets.all(),
      };
    },
  };
}

const Addressed = z.object({ key: z.unknown().optional(), entityName: z.unknown().optional() });

function keyOf(body: unknown): unknown {
  return parseRequest(Addressed, body).key;
}

function entityOf(body: unknown): unknown {
  return parseRequest(Addressed, body).entityName;
}
