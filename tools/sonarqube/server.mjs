// Runs a SonarQube Community Build on loopback, as an ordinary user, with its embedded database and small heaps.
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import unzipper from 'unzipper';

const startTimeoutMs = 15 * 60_000;
const stopTimeoutMs = 60_000;
const user = 'gatehouse-sonar';

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Unpacks the distribution afresh, so that every run starts with an empty database; answers its folder. */
export async function unpack(zipFile, folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const archive = await unzipper.Open.file(zipFile);
  await archive.extract({ path: folder, concurrency: 4 });
  const [home] = readdirSync(folder);
  return join(folder, home);
}

/** Elasticsearch refuses to run as root: there, an account without a password or a shell is made and used. */
function ordinaryUser(folder) {
  if (process.getuid?.() !== 0) return {};
  try {
    execFileSync('id', [user], { stdio: 'ignore' });
  } catch {
    execFileSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', user]);
  }
  execFileSync('chown', ['-R', user, folder]);
  const id = (option) => Number(execFileSync('id', [option, user], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** A process and everything below it, with the resident memory of each in bytes. */
function familyOf(rootPid) {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const status = readFileSync(`/proc/${pid}/status`, 'utf8');
        const field = (name) =>
          Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
        return [{ pid: Number(pid), parent: field('PPid'), bytes: field('VmRSS') * 1024 }];
      } catch {
        return []; // It ended while we looked.
      }
    });
  const family = new Set([rootPid]);
  for (let grown = true; grown;) {
    const more = processes.filter(({ pid, parent }) => family.has(parent) && !family.has(pid));
    for (const { pid } of more) family.add(pid);
    grown = more.length > 0;
  }
  return processes.filter(({ pid }) => family.has(pid));
}

function killHard(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** Starts the server in `home` and resolves when it is up; the log goes to `logFile`. */
export async function startServer(home, logFile) {
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const [jar] = readdirSync(join(home, 'lib')).filter((name) =>
    name.startsWith('sonar-application-'),
  );
  const properties = {
    'sonar.log.console': 'true',
    'sonar.web.host': '127.0.0.1',
    'sonar.web.port': port,
    'sonar.search.port': 0,
    'sonar.telemetry.enable': false,
    'sonar.updatecenter.activate': false,
    'sonar.web.javaOpts': '-Xmx512m -Xms128m',
    'sonar.ce.javaOpts': '-Xmx512m -Xms128m',
    'sonar.search.javaOpts': '-Xmx512m -Xms512m',
    // The host's vm.max_map_count cannot be raised everywhere; without mmap the server needs no raised limit.
    'sonar.search.javaAdditionalOpts': '-Dnode.store.allow_mmap=false',
  };
  const settings = Object.entries(properties).map(([key, value]) => `-D${key}=${value}`);
  const child = spawn('java', ['-jar', join('lib', jar), ...settings], {
    cwd: home,
    env: {
      PATH: process.env.PATH,
      JAVA_HOME: process.env.JAVA_HOME ?? '',
      SONAR_ES_BOOTSTRAP_CHECKS_DISABLE: 'true',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...ordinaryUser(join(home, '..')),
  });
  const log = createWriteStream(logFile);
  child.stdout.pipe(log);
  child.stderr.pipe(log);

  let peakBytes = 0;
  const watch = setInterval(() => {
    const bytes = familyOf(child.pid).reduce((sum, each) => sum + each.bytes, 0);
    peakBytes = Math.max(peakBytes, bytes);
  }, 1_000);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  async function stop() {
    clearInterval(watch);
    child.kill('SIGTERM');
    // The search engine and the web server are processes of their own, which would outlive their parent.
    const forced = setTimeout(() => {
      for (const { pid } of familyOf(child.pid)) killHard(pid);
    }, stopTimeoutMs);
    await ended;
    clearTimeout(forced);
  }

  let whileStarting;
  try {
    whileStarting = await Promise.race([
      waitUntilUp(baseUrl),
      ended.then((code) =>
        Promise.reject(
          new Error(`SonarQube ended with code ${code} while starting; its log is ${logFile}.`),
        ),
      ),
    ]);
  } catch (error) {
    if (child.exitCode === null) await stop();
    throw error;
  }
  return { baseUrl, whileStarting, stop, peakBytes: () => peakBytes };
}

/** What is asked while the server starts, so that the suite knows how it answers then. */
const askedWhileStarting = ['system/status', 'authentication/validate'];

async function ask(baseUrl, operation) {
  try {
    const response = await fetch(`${baseUrl}/api/${operation}`, { redirect: 'manual' });
    const contentType = response.headers.get('content-type') ?? '';
    return { operation, status: response.status, contentType, body: await response.text() };
  } catch {
    return undefined; // Nothing listens yet.
  }
}

/** @returns the last answers of before it was up: `{ operation, status, contentType, body }` of each. */
async function waitUntilUp(baseUrl) {
  const deadline = Date.now() + startTimeoutMs;
  let whileStarting = [];
  while (Date.now() < deadline) {
    const [status, ...others] = await Promise.all(
      askedWhileStarting.map((operation) => ask(baseUrl, operation)),
    );
    if (/"status":"UP"/.test(status?.body ?? '')) return whileStarting;
    if (status) whileStarting = [status, ...others].filter((answer) => answer !== undefined);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  throw new Error(`SonarQube was not up after ${startTimeoutMs / 60_000} minutes.`);
}

/**
 * A token of the administrator, made through the server's own API on a fresh database. The password is changed first, as a
 * server with the one that everybody knows sends all requests for pages to a form.
 */
export async function createToken(baseUrl) {
  const password = `Gatehouse-${randomBytes(12).toString('hex')}!`;
  await postAs('admin', baseUrl, 'users/change_password', {
    login: 'admin',
    previousPassword: 'admin',
    password,
  });
  const made = await postAs(password, baseUrl, 'user_tokens/generate', {
    name: 'suite',
    type: 'USER_TOKEN',
  });
  return (await made.json()).token;
}

async function postAs(password, baseUrl, operation, parameters) {
  const response = await fetch(`${baseUrl}/api/${operation}`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`admin:${password}`).toString('base64')}` },
    body: new URLSearchParams(parameters),
  });
  if (!response.ok) throw new Error(`The server answered ${response.status} to ${operation}.`);
  return response;
}
