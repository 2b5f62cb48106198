import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';

export type HostDatabase = Database.Database;

/** Opens (and creates) the host's database file, or a private one in memory for `:memory:`. Each product makes its own tables. */
export function openDatabase(path: string): HostDatabase {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  const database = new Database(path);
  if (path !== ':memory:') database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL');
  return database;
}
