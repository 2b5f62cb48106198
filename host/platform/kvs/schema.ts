import { createHash } from 'node:crypto';
import type { HostDatabase } from '../../database';
import type { EntityDefinition, IndexDefinition } from './entity-definition';

/** Columns shared by everything that is stored under a key. Plain values have the empty entity name. */
export const recordColumns = `
  installation TEXT NOT NULL,
  entity TEXT NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  expires_at INTEGER`;
export const recordKey = 'PRIMARY KEY (installation, entity, key)';

/** Makes the tables that are missing and brings the indexes in line with the entities of the manifest. */
export function prepareSchema(database: HostDatabase, entities: readonly EntityDefinition[]): void {
  database.exec(`
    CREATE TABLE IF NOT EXISTS kvs_record (${recordColumns}, ${recordKey});
    CREATE INDEX IF NOT EXISTS kvs_record_expiry ON kvs_record (installation, expires_at)
      WHERE expires_at IS NOT NULL;
    CREATE TABLE IF NOT EXISTS kvs_secret (
      installation TEXT NOT NULL,
      key TEXT NOT NULL,
      sealed TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      expires_at INTEGER,
      PRIMARY KEY (installation, key));`);
  createEntityIndexes(database, entities);
}

/** SQL expressions of the values that an index sorts by: its partition attributes, then its range or the key. */
export function indexExpressions(index: IndexDefinition): {
  readonly partition: readonly string[];
  readonly range: string;
} {
  const [rangeAttribute] = index.range;
  return {
    partition: index.partition.map(attributeExpression),
    range: rangeAttribute === undefined ? 'key' : attributeExpression(rangeAttribute),
  };
}

// SQLite keeps an index over JSON members up to date by itself, so a write and its index entries cannot part.
function createEntityIndexes(database: HostDatabase, entities: readonly EntityDefinition[]): void {
  const wanted = new Map<string, string>();
  for (const entity of entities) {
    for (const index of entity.indexes) {
      const { partition, range } = indexExpressions(index);
      const columns = [
        'installation',
        'entity',
        ...partition,
        range,
        ...(range === 'key' ? [] : ['key']),
      ];
      const definition = columns.join(', ');
      const digest = createHash('sha256').update(definition).digest('hex').slice(0, 16);
      wanted.set(`kvs_attribute_${digest}`, definition);
    }
  }
  const present = database
    .prepare(`SELECT name FROM sqlite_master WHERE type = 'index' AND name LIKE 'kvs_attribute_%'`)
    .pluck()
    .all();
  for (const name of present) {
    if (typeof name === 'string' && !wanted.has(name)) database.exec(`DROP INDEX ${name}`);
  }
  for (const [name, definition] of wanted) {
    database.exec(`CREATE INDEX IF NOT EXISTS ${name} ON kvs_record (${definition})`);
  }
}

function attributeExpression(attribute: string): string {
  // Written into SQL as it stands, so the documented form is checked here whatever made the definition.
  if (!/^[_A-Za-z]\w*$/.test(attribute)) {
    throw new Error(`"${attribute}" is not a valid attribute name for an index.`);
  }
  return `json_extract(value, '$.${attribute}')`;
}
