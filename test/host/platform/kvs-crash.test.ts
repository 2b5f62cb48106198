import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { kvs as forge } from '@forge/kvs';
import { setUpDatabaseFile, setUpKvs, type Verdict } from './kvs-support';

const projectRoot = join(__dirname, '../../..');
let files: ReturnType<typeof setUpDatabaseFile>;
beforeEach(() => {
  files = setUpDatabaseFile();
});
afterEach(() => files.remove());

/** Runs a script in a process of its own that kills itself, as `kill -9` would; the script sees `file`. */
function runAndDie(script: string): void {
  const { outputFiles } = buildSync({
    stdin: {
      contents: `const file = ${JSON.stringify(files.file)};\n${script}`,
      resolveDir: __dirname,
      loader: 'ts',
    },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    external: ['libsql'],
  });
  const { signal, stderr } = spawnSync(process.execPath, ['-'], {
    input: outputFiles[0]?.text ?? '',
    cwd: projectRoot,
    encoding: 'utf8',
  });
  expect({ signal, stderr }).toEqual({ signal: 'SIGKILL', stderr: '' });
}

const setUp = `
  import { openDatabase } from '../../../host/database';
  import { createManualClock } from '../../../host/manual-clock';
  import { createKvs } from '../../../host/platform/kvs/kvs';
  import { createQueue } from '../../../host/platform/queue/queue';
  import { entities, installation, START } from './kvs-support';
  const clock = createManualClock(START);
  const real = openDatabase(file);
  const manifest = { entities, scopes: ['storage:app'], consumers: [{ key: 'c', queue: 'jobs', functionKey: 'f' }] };
  function die() { process.kill(process.pid, 'SIGKILL'); for (;;); }
`;

describe('a host that is killed', () => {
  it('between two writes of a transaction leaves none of them', async () => {
    runAndDie(`${setUp}
      let writes = 0;
      const database = new Proxy(real, {
        get(target, name) {
          if (name !== 'prepare') return Reflect.get(target, name).bind?.(target) ?? Reflect.get(target, name);
          return (sql) => {
            const statement = target.prepare(sql);
            if (!sql.startsWith('INSERT INTO kvs_record')) return statement;
            const get = statement.get.bind(statement);
            statement.get = (...values) => {
              const row = get(...values);
              writes += 1;
              if (writes === 3) die();
              return row;
            };
            return statement;
          };
        },
      });
      const kvs = createKvs({ database, clock, manifest, installation });
      kvs.handle('entity/set', { entityName: 'verdict', key: 'before', value: { sequence: 1 } });
      kvs.handle('transaction', { set: [
        { key: 'first', value: 1 },
        { key: 'second', value: { sequence: 2 }, entityName: 'verdict' },
        { key: 'third', value: 3 },
      ] });
    `);

    const { kvs } = setUpKvs({ database: files.open() });

    expect(kvs.dump().values).toEqual([
      { entityName: 'verdict', key: 'before', value: { sequence: 1 } },
    ]);
    await forge.transact().set('first', 1).execute();
    expect(await forge.get('first')).toBe(1);
    const { results } = await forge.entity<Verdict>('verdict').query().index('sequence').getMany();
    expect(results.map(({ key }) => key)).toEqual(['before']);
  });

  it('right after a write was answered has kept it, secrets included', async () => {
    runAndDie(`${setUp}
      const kvs = createKvs({ database: real, clock, manifest, installation });
      kvs.handle('set', { key: 'a', value: 'kept' });
      kvs.handle('secret/set', { key: 's', value: 'kept too' });
      die();
    `);

    setUpKvs({ database: files.open() });

    expect(await forge.get('a')).toBe('kept');
    expect(await forge.getSecret('s')).toBe('kept too');
  });

  it.each([
    ['between push and delivery', 'new Promise(() => undefined)', 'die();', 1],
    ['during a delivery', 'die()', '', 1],
  ])('%s delivers the event after the restart', async (_, deliver, afterPush, expected) => {
    runAndDie(`${setUp}
      const queue = createQueue({ database: real, clock, manifest, installation, deliver: () => ${deliver} });
      queue.handle('publish', { queueName: 'jobs', jobId: 'job', payload: [{ body: { n: 1 } }] });
      ${afterPush}
      setInterval(() => undefined, 1000);
    `);

    const { setUpQueue } = await import('./queue-support');
    const { queue, delivered } = setUpQueue(undefined, {
      database: files.open(),
      manifest: { consumers: [{ key: 'c', queue: 'jobs', functionKey: 'f' }] },
    });
    await queue.idle();
    queue.stop();

    expect(delivered).toHaveLength(expected);
    expect(delivered[0]).toMatchObject({ jobId: 'job', body: { n: 1 } });
  });
});
