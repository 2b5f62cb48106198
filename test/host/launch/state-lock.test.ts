import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openState } from '../../../host/launch/host-state';
import { StateInUseError } from '../../../host/launch/state-lock';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-state-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the state folder', () => {
  it('belongs to one host at a time, and says to which', () => {
    const first = openState(folder, false);

    expect(() => openState(folder, false)).toThrow(StateInUseError);
    expect(() => openState(folder, false)).toThrow(`process ${process.pid}`);
    first.close();
    openState(folder, false).close();
  });

  it('is not held by a process that is gone', () => {
    writeFileSync(join(folder, 'host.pid'), '1');

    expect(() => openState(folder, false).close()).not.toThrow();
  });

  it('keeps what was stored until a fresh start', () => {
    const first = openState(folder, false);
    first.database.exec('CREATE TABLE kept (value TEXT)');
    first.close();

    const second = openState(folder, false);
    const tables = second.database.prepare('SELECT name FROM sqlite_master').all();
    second.close();
    const fresh = openState(folder, true);
    const freshTables = fresh.database.prepare('SELECT name FROM sqlite_master').all();
    fresh.close();

    expect(tables).toHaveLength(1);
    expect(freshTables).toEqual([]);
  });
});
