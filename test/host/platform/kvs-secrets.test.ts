import { chmodSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { kvs as forge } from '@forge/kvs';
import { openDatabase } from '../../../host/database';
import { openSecretBox } from '../../../host/platform/kvs/secret-box';
import { refusalOf, setUpDatabaseFile, setUpKvs } from './kvs-support';

const token = 'squ_5f4dcc3b5aa765d61d8327deb882cf99';
let files: ReturnType<typeof setUpDatabaseFile>;
beforeEach(() => {
  files = setUpDatabaseFile();
});
afterEach(() => files.remove());

describe('secrets', () => {
  it('are kept apart from plain values of the same key', async () => {
    setUpKvs();
    await forge.set('token', 'plain');
    await forge.setSecret('token', { value: token });

    expect(await forge.getSecret('token')).toEqual({ value: token });
    await forge.deleteSecret('token');
    await forge.deleteSecret('token');

    expect(await forge.getSecret('token')).toBeUndefined();
    expect(await forge.get('token')).toBe('plain');
  });

  it('may have 128 KiB', async () => {
    setUpKvs();

    await forge.setSecret('token', 'x'.repeat(128 * 1024 - 2));

    expect((await refusalOf(forge.setSecret('token', 'x'.repeat(128 * 1024 - 1)))).code).toBe(
      'MAX_SIZE',
    );
  });

  it('leave no clear text in any file beside the database', async () => {
    const { kvs, database } = setUpKvs({ database: files.open() });
    await forge.setSecret('token', token);
    await forge.setSecret('token', `${token}2`);
    database.exec('PRAGMA wal_checkpoint(FULL)');

    const folder = dirname(files.file);
    const everything = readdirSync(folder).map((name) =>
      readFileSync(join(folder, name), 'latin1'),
    );

    expect(everything.join('')).not.toContain(token);
    expect(JSON.stringify(kvs.dump())).not.toContain(token);
    expect(await forge.getSecret('token')).toBe(`${token}2`);
  });

  it('are sealed with a key that only its owner can read', () => {
    setUpKvs({ database: files.open() });

    expect(statSync(`${files.file}.secret-key`).mode & 0o777).toBe(0o600);
    expect(readdirSync(dirname(files.file)).filter((name) => name.includes('secret-key'))).toEqual([
      'host.db.secret-key',
    ]);
  });

  it('say what to do when their key file is missing or damaged', async () => {
    const { database } = setUpKvs({ database: files.open() });
    await forge.setSecret('token', token);
    rmSync(`${files.file}.secret-key`);
    expect(() => setUpKvs({ database })).toThrow(/secret-key.*missing.*--fresh/);

    writeFileSync(`${files.file}.secret-key`, 'short');
    chmodSync(`${files.file}.secret-key`, 0o600);

    expect(() => setUpKvs({ database })).toThrow(/secret-key.*damaged.*--fresh/);
  });

  it('do not open where they were moved to, or when they were changed', () => {
    const database = openDatabase(':memory:');
    const box = openSecretBox(database, true);
    const sealed = box.seal(token, 'here');
    const changed = Buffer.from(sealed, 'base64');
    changed.writeUInt8(changed.readUInt8(30) ^ 1, 30);

    expect(box.open(sealed, 'here')).toBe(token);
    expect(box.seal(token, 'here')).not.toBe(sealed);
    expect(() => box.open(sealed, 'there')).toThrow();
    expect(() => box.open(changed.toString('base64'), 'here')).toThrow();
    expect(() => openSecretBox(database, true).open(sealed, 'here')).toThrow();
  });
});
