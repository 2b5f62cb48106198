import type { HostClock } from '../../clock';
import type { HostDatabase } from '../../database';
import { createSeenRecords } from './seen-records';
import type { Slot, StoredValue } from './slot';

/** Name under which plain values are stored beside the entities. */
export const PLAIN = '';

export interface StoredRecord extends StoredValue {
  readonly entityName: string;
}

/** A row of a page with the value that the page is sorted by. */
export interface PageRow extends StoredValue {
  readonly sortValue: string | number;
}

export interface PageSelection {
  readonly entityName: string;
  /** SQL conditions over the columns of a record, with their parameters in order. */
  readonly conditions: readonly string[];
  readonly parameters: readonly (string | number)[];
  /** SQL expression to sort by; ties are broken by the key. */
  readonly sortBy: string;
  readonly direction: 'ASC' | 'DESC';
  readonly limit: number;
}

export interface Records {
  slot(entityName: string): Slot;
  /** Runs the work in one SQL transaction: all of its writes are kept, or none. */
  atomically<T>(work: () => T): T;
  /** One page as queries see it: behind the writes by the lag. */
  page(selection: PageSelection): readonly PageRow[];
  all(): readonly StoredRecord[];
}

export interface RecordsOptions {
  readonly database: HostDatabase;
  readonly clock: HostClock;
  readonly installationId: string;
  /** How long an expired value can still be read, in milliseconds. */
  readonly deletionDelayMs: number;
  readonly queryLagMs: number;
}

interface Row {
  readonly entity: string;
  readonly key: string;
  readonly value: string;
  readonly created_at: number;
  readonly updated_at: number;
  readonly expires_at: number | null;
  readonly sort_value?: string | number;
}

const COLUMNS = 'entity, key, value, created_at, updated_at, expires_at';
const PRESENT = '(expires_at IS NULL OR expires_at > ?)';

/** The stored values and entities of one installation. */
export function createRecords(options: RecordsOptions): Records {
  const { database, clock, installationId, deletionDelayMs, queryLagMs } = options;
  const seen = createSeenRecords({ database, clock, installationId, queryLagMs });
  const find = database.prepare(
    `SELECT ${COLUMNS} FROM kvs_record WHERE installation = ? AND entity = ? AND key = ? AND ${PRESENT}`,
  );
  const put = database.prepare(
    `INSERT INTO kvs_record (installation, ${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (installation, entity, key) DO UPDATE SET value = excluded.value,
       updated_at = excluded.updated_at, expires_at = excluded.expires_at
     RETURNING ${COLUMNS}`,
  );
  const remove = database.prepare(
    'DELETE FROM kvs_record WHERE installation = ? AND entity = ? AND key = ?',
  );
  const deleteExpired = database.prepare(
    'DELETE FROM kvs_record WHERE installation = ? AND expires_at <= ?',
  );
  const all = database.prepare(
    `SELECT ${COLUMNS} FROM kvs_record WHERE installation = ? AND ${PRESENT} ORDER BY entity, key`,
  );

  /** Values that ended before this are gone. */
  function deletedBefore(): number {
    return clock.now() - deletionDelayMs;
  }

  return {
    slot: (entityName) => ({
      find(key) {
        const row = find.get(installationId, entityName, key, deletedBefore()) as Row | undefined;
        return row && toRecord(row);
      },
      put(key, json, expiresAt) {
        // Otherwise a value that is long gone would lend its creation time to the new one.
        deleteExpired.run(installationId, deletedBefore());
        const now = clock.now();
        const written = put.get(installationId, entityName, key, json, now, now, expiresAt) as Row;
        seen.note(entityName, key);
        return toRecord(written);
      },
      remove(key) {
        remove.run(installationId, entityName, key);
        seen.note(entityName, key);
      },
    }),
    atomically(work) {
      return database.transaction(work).immediate();
    },
    page({ entityName, conditions, parameters, sortBy, direction, limit }) {
      seen.catchUp();
      const where = ['installation = ?', 'entity = ?', PRESENT, ...conditions].join(' AND ');
      const rows = database
        .prepare(
          `SELECT ${COLUMNS}, ${sortBy} AS sort_value FROM ${seen.table} WHERE ${where}
           ORDER BY ${sortBy} ${direction}, key ${direction} LIMIT ${limit}`,
        )
        .all(installationId, entityName, deletedBefore(), ...parameters) as Row[];
      return rows.map((row) => ({ ...toRecord(row), sortValue: row.sort_value ?? row.key }));
    },
    all() {
      return (all.all(installationId, deletedBefore()) as Row[]).map(toRecord);
    },
  };
}

function toRecord(row: Row): StoredRecord {
  return {
    entityName: row.entity,
    key: row.key,
    json: row.value,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    expiresAt: row.expires_at,
  };
}
