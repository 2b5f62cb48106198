import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ForgeKvsAPIError } from '@forge/kvs';
import { openDatabase, type HostDatabase } from '../../../host/database';
import { createManualClock } from '../../../host/manual-clock';
import { toEntityDefinitions } from '../../../host/platform/kvs/entity-definition';
import { createKvs, type Kvs, type KvsOptions } from '../../../host/platform/kvs/kvs';
import type { Installation } from '../../../host/platform/types';

export const START = Date.parse('2026-03-02T10:00:00.000Z');

export const installation: Installation = {
  installationId: '0b8f5d0e-0000-4000-8000-000000000001',
  workspaceUuid: '0b8f5d0e-0000-4000-8000-000000000002',
  environmentId: '0b8f5d0e-0000-4000-8000-000000000003',
  environmentType: 'DEVELOPMENT',
};

/** As a manifest writes them: an index as a bare attribute, and ones with a partition. */
export const entities = toEntityDefinitions([
  {
    name: 'verdict',
    attributes: {
      sequence: { type: 'integer' },
      state: { type: 'string' },
      coverage: { type: 'float' },
      isFresh: { type: 'boolean' },
      record: { type: 'any' },
    },
    indexes: [
      'sequence',
      'coverage',
      { name: 'by-state', partition: ['state'], range: ['sequence'] },
      { name: 'by-state-and-age', partition: ['state', 'isFresh'], range: ['coverage'] },
      { name: 'in-state', partition: ['state'] },
    ],
  },
  { name: 'lease', attributes: { holder: { type: 'string' } }, indexes: ['holder'] },
]);

export interface Verdict {
  readonly sequence?: number;
  readonly state?: string;
  readonly coverage?: number;
  readonly isFresh?: boolean;
  readonly record?: unknown;
}

type Changes = Partial<Omit<KvsOptions, 'manifest'>> & {
  readonly scopes?: readonly string[];
};

/** A store of its own, to which the app's package `@forge/kvs` is connected below its border. */
export function setUpKvs(changes: Changes = {}) {
  const { scopes = ['storage:app'], ...options } = changes;
  const clock = options.clock ?? createManualClock(START);
  const database = options.database ?? openDatabase(':memory:');
  const kvs = createKvs({
    installation,
    ...options,
    clock,
    database,
    manifest: { entities, scopes },
  });
  connectKvs(kvs);
  return { kvs, clock, database };
}

/** Routes the calls of `@forge/kvs` to this store, as the function wrapper and the proxy do. */
export function connectKvs(kvs: Pick<Kvs, 'handle'>): void {
  Object.assign(globalThis, {
    __forge_fetch__: (args: { type: string }, path: string, init: { body: string }) => {
      if (args.type !== 'kvs') throw new Error(`Unexpected call of type ${args.type}`);
      const operation = path.replace('/api/v1/', '');
      const { status, body } = kvs.handle(operation, JSON.parse(init.body) as unknown);
      return Promise.resolve(
        new Response(body === undefined ? null : JSON.stringify(body), { status }),
      );
    },
  });
}

/** The refusal that the app's code would catch. */
export async function refusalOf(work: Promise<unknown>): Promise<ForgeKvsAPIError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ForgeKvsAPIError)) {
    throw new Error('Expected the storage to refuse the call.', { cause: error });
  }
  return error;
}

/** A database file in a folder of its own; `reopen` is what a restart of the host does. */
export function setUpDatabaseFile() {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-'));
  const file = join(folder, 'host.db');
  const opened = new Set<HostDatabase>();
  return {
    file,
    open(): HostDatabase {
      const database = openDatabase(file);
      opened.add(database);
      return database;
    },
    reopen(database: HostDatabase): HostDatabase {
      database.close();
      opened.delete(database);
      return this.open();
    },
    remove() {
      for (const database of opened) database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
