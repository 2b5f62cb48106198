import { execFile } from 'node:child_process';
import { devNull } from 'node:os';

/** Why git did not answer. `message` is a sentence for people. */
export class GitError extends Error {
  override readonly name = 'GitError';
  constructor(
    readonly kind: 'missing' | 'timeout' | 'tooLarge' | 'failed',
    message: string,
    readonly exitCode: number | undefined,
    readonly stderr: string,
  ) {
    super(message);
  }
}

export const GitLimits = {
  timeoutMs: 30_000,
  outputBytes: 64 * 1024 * 1024,
  /** Processes at a time; a repository may have hundreds of branches to ask about. */
  processes: 6,
} as const;

export interface GitOptions {
  readonly input?: string;
  readonly timeoutMs?: number;
  readonly outputBytes?: number;
}

/**
 * The repository may be anybody's: its configuration and attributes must not be able to start a program, so what could
 * do so is switched off here, and the commands below use `--no-ext-diff --no-textconv`. `safe.directory` may be
 * opened up for that reason: nothing that it protects from is used.
 */
const safeSettings = [
  'safe.directory=*',
  'core.quotePath=false',
  'core.fsmonitor=false',
  `core.hooksPath=${devNull}`,
  `core.attributesFile=${devNull}`,
  'core.commitGraph=true',
  'log.showSignature=false',
  'color.ui=false',
].flatMap((setting) => ['-c', setting]);

/** Made afresh: variables such as GIT_DIR, which a git hook sets for its children, must not lead elsewhere. */
function environment(): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: devNull,
    GIT_ATTR_NOSYSTEM: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    // A partial clone would fetch missing objects over the network; no protocol is allowed.
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_NO_LAZY_FETCH: '1',
  };
}

const waiting: (() => void)[] = [];
let running = 0;

/**
 * Runs a reading git command on the repository in `folder` and answers its output.
 * @throws {GitError} when git is missing, takes too long, answers too much, or refuses.
 */
export async function runGit(
  folder: string,
  args: readonly string[],
  options: GitOptions = {},
): Promise<Buffer> {
  if (running >= GitLimits.processes) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    return await startGit(folder, args, options);
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

function startGit(folder: string, args: readonly string[], options: GitOptions): Promise<Buffer> {
  const timeoutMs = options.timeoutMs ?? GitLimits.timeoutMs;
  return new Promise((resolve, reject) => {
    const child = execFile(
      'git',
      ['--no-optional-locks', '--no-pager', '-C', folder, ...safeSettings, ...args],
      {
        encoding: 'buffer',
        env: environment(),
        timeout: timeoutMs,
        killSignal: 'SIGKILL',
        maxBuffer: options.outputBytes ?? GitLimits.outputBytes,
        windowsHide: true,
      },
      (error, stdout, stderr) => {
        if (!error) resolve(stdout);
        else reject(toGitError(error, args, stderr.toString('utf8')));
      },
    );
    // git may end before it has read its input; its exit code tells what happened.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(options.input ?? '');
  });
}

function toGitError(
  error: { code?: number | string | null; killed?: boolean },
  args: readonly string[],
  stderr: string,
): GitError {
  const command = `git ${args[0] ?? ''}`;
  if (error.code === 'ENOENT')
    return new GitError('missing', 'git was not found; install git.', undefined, '');
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER')
    return new GitError('tooLarge', `The answer of ${command} is too large.`, undefined, stderr);
  if (error.killed === true)
    return new GitError('timeout', `${command} took too long.`, undefined, stderr);
  const reason =
    stderr
      .trim()
      .split('\n')[0]
      ?.replace(/^fatal: /, '') ?? '';
  const exitCode = typeof error.code === 'number' ? error.code : undefined;
  return new GitError('failed', `${command} failed: ${reason}`, exitCode, stderr);
}

/** Runs git and answers its output as text. */
export async function readGit(
  folder: string,
  args: readonly string[],
  options?: GitOptions,
): Promise<string> {
  return (await runGit(folder, args, options)).toString('utf8');
}

/** Runs git for a yes (exit code 0) or no (exit code 1). */
export async function askGit(folder: string, args: readonly string[]): Promise<boolean> {
  try {
    await runGit(folder, args);
    return true;
  } catch (error) {
    if (error instanceof GitError && error.exitCode === 1) return false;
    throw error;
  }
}

/** Runs git and answers undefined when it finds nothing (exit code 1, no message). */
export async function findGit(
  folder: string,
  args: readonly string[],
  options?: GitOptions,
): Promise<string | undefined> {
  try {
    return await readGit(folder, args, options);
  } catch (error) {
    if (error instanceof GitError && error.exitCode === 1) return undefined;
    throw error;
  }
}
