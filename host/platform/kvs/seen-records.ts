import type { HostClock } from '../../clock';
import type { HostDatabase } from '../../database';
import { recordColumns, recordKey } from './schema';

/** The records as queries see them: what was written at least `queryLagMs` ago. */
export interface SeenRecords {
  /** Table to query after `catchUp`. */
  readonly table: string;
  /** To be told of every write, at the time of the write. */
  note(entityName: string, key: string): void;
  /** Makes visible what has become old enough. */
  catchUp(): void;
}

export interface SeenRecordsOptions {
  readonly database: HostDatabase;
  readonly clock: HostClock;
  readonly installationId: string;
  /** 0: queries see every write at once. */
  readonly queryLagMs: number;
}

const TABLE = 'temp.kvs_seen';

/** Queries of Forge are eventually consistent; a lagging copy of the records makes that visible to tests. */
export function createSeenRecords(options: SeenRecordsOptions): SeenRecords {
  const { database, clock, installationId, queryLagMs } = options;
  if (queryLagMs === 0) {
    return { table: 'kvs_record', note: () => undefined, catchUp: () => undefined };
  }

  database.exec(`CREATE TEMP TABLE IF NOT EXISTS kvs_seen (${recordColumns}, ${recordKey})`);
  database.prepare(`DELETE FROM ${TABLE} WHERE installation = ?`).run(installationId);
  database
    .prepare(`INSERT INTO ${TABLE} SELECT * FROM kvs_record WHERE installation = ?`)
    .run(installationId);
  // Each state waits here as it was when it was written; a later write must not show through early.
  database.exec(
    `CREATE TEMP TABLE IF NOT EXISTS kvs_unseen
       (written_at INTEGER NOT NULL, deleted INTEGER NOT NULL, ${recordColumns})`,
  );
  const remember = database.prepare(
    `INSERT INTO temp.kvs_unseen
     SELECT ?, 0, * FROM kvs_record WHERE installation = ? AND entity = ? AND key = ?`,
  );
  const rememberDeletion = database.prepare(
    `INSERT INTO temp.kvs_unseen VALUES (?, 1, ?, ?, ?, '', 0, 0, NULL)`,
  );
  const due = database.prepare(
    'SELECT rowid, deleted, entity, key FROM temp.kvs_unseen WHERE installation = ? AND written_at <= ? ORDER BY rowid',
  );
  const removeSeen = database.prepare(
    `DELETE FROM ${TABLE} WHERE installation = ? AND entity = ? AND key = ?`,
  );
  const show = database.prepare(
    `INSERT INTO ${TABLE} SELECT installation, entity, key, value, created_at, updated_at, expires_at
     FROM temp.kvs_unseen WHERE rowid = ?`,
  );
  const forget = database.prepare('DELETE FROM temp.kvs_unseen WHERE rowid = ?');

  return {
    table: TABLE,
    note(entityName, key) {
      const { changes } = remember.run(clock.now(), installationId, entityName, key);
      if (changes === 0) rememberDeletion.run(clock.now(), installationId, entityName, key);
    },
    catchUp() {
      const rows = due.all(installationId, clock.now() - queryLagMs) as {
        readonly rowid: number;
        readonly deleted: number;
        readonly entity: string;
        readonly key: string;
      }[];
      for (const { rowid, deleted, entity, key } of rows) {
        removeSeen.run(installationId, entity, key);
        if (deleted === 0) show.run(rowid);
        forget.run(rowid);
      }
    },
  };
}
