import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';

/** The state folder belongs to a host that runs. */
export class StateInUseError extends Error {
  override readonly name = 'StateInUseError';
  constructor(
    readonly stateDirectory: string,
    readonly processId: number | undefined,
  ) {
    const who = processId === undefined ? 'another process' : `process ${processId}`;
    super(`The state in ${stateDirectory} is in use by ${who}. Stop that host first.`);
  }
}

/**
 * Takes a state folder for this process; the answer gives it back. The lock is one that the operating system holds on
 * an open file, so it ends with the process, however that ends.
 * @throws StateInUseError when another host has the folder.
 */
export function lockState(stateDirectory: string): () => void {
  mkdirSync(stateDirectory, { recursive: true });
  const holderFile = join(stateDirectory, 'host.pid');
  const lock = new Database(join(stateDirectory, 'lock.db'), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch {
    lock.close();
    throw new StateInUseError(stateDirectory, readHolder(holderFile));
  }
  writeFileSync(holderFile, String(process.pid));
  return () => {
    lock.exec('ROLLBACK');
    lock.close();
  };
}

function readHolder(file: string): number | undefined {
  try {
    const processId = Number(readFileSync(file, 'utf8'));
    return Number.isInteger(processId) && processId > 0 ? processId : undefined;
  } catch {
    return undefined;
  }
}
