import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listenOnLoopback } from '../../host/shell/server/loopback';
import { createShopRepository } from '../support/shop-repository';
import { projectRoot } from '../support/project-root';

// Each start loads the whole host, perhaps beside other tests.
jest.setTimeout(180_000);

let stateDirectory: string;
const running: ChildProcess[] = [];
beforeEach(() => {
  stateDirectory = mkdtempSync(join(tmpdir(), 'gatehouse-command-'));
});
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
  rmSync(stateDirectory, { recursive: true, force: true });
});

interface Run {
  readonly child: ChildProcess;
  readonly out: () => string;
  readonly err: () => string;
  readonly ended: Promise<number | null>;
  /** Resolves with the first line on the output. */
  readonly firstLine: Promise<string>;
}

/** What `npm start` runs once it has set itself up. */
function start(...args: readonly string[]): Run {
  const child = spawn(
    process.execPath,
    [join(projectRoot, '.build/host/main.cjs'), '--state', stateDirectory, ...args],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, INIT_CWD: tmpdir() } },
  );
  running.push(child);
  let out = '';
  let err = '';
  child.stderr.on('data', (data: Buffer) => (err += data.toString()));
  const firstLine = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (data: Buffer) => {
      out += data.toString();
      if (out.includes('\n')) resolve(out.split('\n')[0] ?? '');
    });
    child.once('exit', () => reject(new Error(`ended early: ${err}`)));
  });
  firstLine.catch(() => undefined);
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { child, out: () => out, err: () => err, ended, firstLine };
}

describe('npm start', () => {
  it('prints one URL when it is ready, and ends cleanly when told to', async () => {
    const fixture = createShopRepository();
    const run = start('--port', '0', '--repository', fixture.path);

    const url = await run.firstLine;
    const answer = await fetch(`${url}/-/health`);
    run.child.kill('SIGTERM');

    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(answer.status).toBe(200);
    expect(await run.ended).toBe(0);
    expect(run.out()).toBe(`${url}\n`);
    fixture.remove();
  });

  it('starts again on the state of a host that was killed', async () => {
    const first = start('--port', '0');
    await first.firstLine;
    first.child.kill('SIGKILL');
    await first.ended;

    const second = start('--port', '0');

    expect(await second.firstLine).toMatch(/^http:/);
  });

  it('says which process has the port', async () => {
    const server = await listenOnLoopback(0);
    const { port } = new URL(server.origin);

    const run = start('--port', port);

    expect(await run.ended).toBe(1);
    expect(run.err()).toContain(`Port ${port} is taken by process ${process.pid}`);
    expect(run.err()).toContain('npm start -- --port N');
    expect(run.err().trim().split('\n')).toHaveLength(1);
    await server.close();
  });

  it('says which process has the state', async () => {
    const first = start('--port', '0');
    await first.firstLine;

    const second = start('--port', '0');

    expect(await second.ended).toBe(1);
    expect(second.err()).toContain(`is in use by process ${first.child.pid ?? 0}`);
  });

  it('answers an unknown option with a sentence, and --help with the options', async () => {
    const unknown = start('--prot', '1');
    const help = start('--help');

    expect(await unknown.ended).toBe(1);
    expect(unknown.err()).toContain('--prot');
    expect(await help.ended).toBe(0);
    expect(help.out()).toContain('--repository PATH');
  });

  it('says what is wrong with a path and shows the rest', async () => {
    const run = start('--port', '0', '--repository', join(tmpdir(), 'there is no such folder'));

    const url = await run.firstLine;

    expect(run.err()).toContain('there is no such folder');
    expect((await fetch(`${url}/-/health`)).status).toBe(200);
  });
});
