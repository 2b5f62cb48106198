import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase, type HostDatabase } from '../database';
import { lockState } from './state-lock';

/** Where the host keeps what lasts. */
export interface HostState {
  readonly database: HostDatabase;
  close(): void;
}

const databaseFiles = ['host.db', 'host.db-wal', 'host.db-shm'];

/** @throws StateInUseError when another host has the folder. `:memory:` keeps everything in this process. */
export function openState(stateDirectory: string, isFresh: boolean): HostState {
  if (stateDirectory === ':memory:') {
    const database = openDatabase(':memory:');
    return { database, close: () => database.close() };
  }
  const unlock = lockState(stateDirectory);
  try {
    // Only what the host itself wrote: a wrong folder must not lose anything else.
    if (isFresh)
      for (const name of databaseFiles) rmSync(join(stateDirectory, name), { force: true });
    const database = openDatabase(join(stateDirectory, 'host.db'));
    return {
      database,
      close() {
        database.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}
