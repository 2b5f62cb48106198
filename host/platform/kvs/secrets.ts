import type { HostClock } from '../../clock';
import type { HostDatabase } from '../../database';
import { openSecretBox } from './secret-box';
import type { Slot } from './slot';

/** What may be told of a secret without opening it. Times are epoch milliseconds. */
export interface SecretSummary {
  readonly key: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface Secrets extends Slot {
  all(): readonly SecretSummary[];
}

interface Row {
  readonly key: string;
  readonly sealed: string;
  readonly created_at: number;
  readonly updated_at: number;
  readonly expires_at: number | null;
}

export interface SecretsOptions {
  readonly database: HostDatabase;
  readonly clock: HostClock;
  readonly installationId: string;
  /** How long an expired secret can still be read, in milliseconds. */
  readonly deletionDelayMs: number;
}

const COLUMNS = 'key, sealed, created_at, updated_at, expires_at';
const PRESENT = '(expires_at IS NULL OR expires_at > ?)';

/** The secrets of one installation: a table of their own, sealed, and out of reach of queries. */
export function createSecrets(options: SecretsOptions): Secrets {
  const { database, clock, installationId, deletionDelayMs } = options;
  const isEmpty = database.prepare('SELECT 1 FROM kvs_secret LIMIT 1').get() === undefined;
  const box = openSecretBox(database, isEmpty);
  const find = database.prepare(
    `SELECT ${COLUMNS} FROM kvs_secret WHERE installation = ? AND key = ? AND ${PRESENT}`,
  );
  const put = database.prepare(
    `INSERT INTO kvs_secret (installation, ${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (installation, key) DO UPDATE SET sealed = excluded.sealed,
       updated_at = excluded.updated_at, expires_at = excluded.expires_at
     RETURNING ${COLUMNS}`,
  );
  const remove = database.prepare('DELETE FROM kvs_secret WHERE installation = ? AND key = ?');
  const deleteExpired = database.prepare(
    'DELETE FROM kvs_secret WHERE installation = ? AND expires_at <= ?',
  );
  const all = database.prepare(
    `SELECT ${COLUMNS} FROM kvs_secret WHERE installation = ? AND ${PRESENT} ORDER BY key`,
  );

  function deletedBefore(): number {
    return clock.now() - deletionDelayMs;
  }

  function toValue(row: Row, json: string) {
    return {
      key: row.key,
      json,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
      expiresAt: row.expires_at,
    };
  }

  function placeOf(key: string): string {
    return `${installationId} ${key}`;
  }

  return {
    find(key) {
      const row = find.get(installationId, key, deletedBefore()) as Row | undefined;
      return row && toValue(row, box.open(row.sealed, placeOf(key)));
    },
    put(key, json, expiresAt) {
      deleteExpired.run(installationId, deletedBefore());
      const now = clock.now();
      const sealed = box.seal(json, placeOf(key));
      return toValue(put.get(installationId, key, sealed, now, now, expiresAt) as Row, json);
    },
    remove(key) {
      remove.run(installationId, key);
    },
    all() {
      return (all.all(installationId, deletedBefore()) as Row[]).map((row) => ({
        key: row.key,
        createdAt: row.created_at,
        updatedAt: row.updated_at,
      }));
    },
  };
}
