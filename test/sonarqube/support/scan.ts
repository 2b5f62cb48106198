import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { call, realServer } from './real-server';

const run = promisify(execFile);

/** One bug, one vulnerable line, one thing to look at, and code without tests. */
const cart = `import { createHash } from 'node:crypto';

export function total(prices) {
  var sum = 0;
  for (const price of prices) sum = sum + price;
  if (sum == sum) debugger;
  return sum;
}

export function digest(text) {
  // TODO choose another algorithm
  return createHash('md5').update(text + Math.random()).digest('hex');
}

export function isEmpty(list) {
  if (list.length == 0) {
    return true;
  } else {
    return false;
  }
}
`;

export interface ScannedProject {
  readonly folder: string;
  readonly revision: string;
  /** Runs the official scanner and waits for the end of the background task; answers the id of the task. */
  scan(projectKey: string, properties?: Readonly<Record<string, string>>): Promise<string>;
  write(path: string, text: string): Promise<void>;
  remove(): void;
}

/** A small project in a git repository of its own. */
export async function createScannedProject(): Promise<ScannedProject> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-scanned-'));
  const git = async (...args: readonly string[]) =>
    (
      await run('git', ['-c', 'user.name=Dora', '-c', 'user.email=dora@example.org', ...args], {
        cwd: folder,
      })
    ).stdout.trim();
  async function write(path: string, text: string): Promise<void> {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
    await git('add', '.');
    await git('commit', '-qm', `Change ${path}`);
  }
  await git('init', '-q', '-b', 'main');
  await write('src/cart.js', cart);
  return {
    folder,
    revision: await git('rev-parse', 'HEAD'),
    write,
    async scan(projectKey, properties = {}) {
      const settings = {
        'sonar.host.url': realServer.baseUrl,
        'sonar.projectKey': projectKey,
        'sonar.sources': 'src',
        'sonar.scanner.skipJreProvisioning': 'true',
        'sonar.userHome': process.env.GATEHOUSE_SCANNER_HOME ?? join(folder, '.sonar'),
        'sonar.working.directory': '.scannerwork',
        ...properties,
      };
      const scannerJar = process.env.GATEHOUSE_SONAR_SCANNER ?? '';
      await run(
        'java',
        [
          '-Xmx512m',
          '-jar',
          scannerJar,
          ...Object.entries(settings).map(([key, value]) => `-D${key}=${value}`),
        ],
        // The token is no argument, as arguments are seen by everybody on the machine.
        { cwd: folder, env: { ...process.env, SONAR_TOKEN: realServer.token } },
      );
      return endOfTask(projectKey);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

interface Tasks {
  readonly queue: readonly unknown[];
  readonly current?: { readonly id: string; readonly status: string };
}

async function endOfTask(component: string): Promise<string> {
  for (;;) {
    const response = await call('ce/component', { parameters: { component } });
    const { queue, current } = (await response.json()) as Tasks;
    if (queue.length === 0 && current) return current.id;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
