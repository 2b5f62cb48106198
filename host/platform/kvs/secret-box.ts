import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import type { HostDatabase } from '../../database';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Seals texts so that the database file alone gives none of them away. */
export interface SecretBox {
  /** `place` names where the text is kept; it opens nowhere else. */
  seal(text: string, place: string): string;
  /** @throws {Error} when the key does not fit or the sealed text was changed or moved. */
  open(sealed: string, place: string): string;
}

/**
 * A box whose key lies in a file beside the database, readable by its owner only; in memory for `:memory:`.
 * @throws {Error} when the key file is missing although something is sealed with it (`mayCreateKey` false), or damaged.
 */
export function openSecretBox(database: HostDatabase, mayCreateKey: boolean): SecretBox {
  const databaseFile = fileOf(database);
  const key =
    databaseFile === undefined
      ? randomBytes(KEY_BYTES)
      : readKey(`${databaseFile}.secret-key`, mayCreateKey);
  return {
    seal(text, place) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, key, nonce);
      cipher.setAAD(Buffer.from(place));
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
    },
    open(sealed, place) {
      const bytes = Buffer.from(sealed, 'base64');
      const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES));
      decipher.setAAD(Buffer.from(place));
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      const text = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
      return Buffer.concat([text, decipher.final()]).toString('utf8');
    },
  };
}

// The driver's own `name` is empty, so SQLite is asked.
function fileOf(database: HostDatabase): string | undefined {
  const [main] = database.pragma('database_list') as { readonly file: string | null }[];
  return main?.file ? main.file : undefined;
}

function readKey(file: string, mayCreate: boolean): Buffer {
  const existing = readIfPresent(file);
  if (!existing && !mayCreate) {
    throw new Error(
      `The key file ${file} of the stored secrets is missing; put it back, or start empty with --fresh.`,
    );
  }
  const key = existing ?? createKey(file);
  if (key.length !== KEY_BYTES) {
    throw new Error(
      `The key file ${file} is damaged: it has ${key.length} bytes instead of ${KEY_BYTES}; put a copy back, or start empty with --fresh.`,
    );
  }
  return key;
}

function createKey(file: string): Buffer {
  const key = randomBytes(KEY_BYTES);
  const draft = `${file}.${randomBytes(4).toString('hex')}`;
  const handle = openSync(draft, 'wx', 0o600);
  try {
    writeSync(handle, key);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  try {
    // A link appears whole or not at all, and never replaces a key that something is sealed with.
    linkSync(draft, file);
    return key;
  } catch (error) {
    const winner = readIfPresent(file);
    if (!winner) throw error;
    return winner;
  } finally {
    rmSync(draft, { force: true });
  }
}

function readIfPresent(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
