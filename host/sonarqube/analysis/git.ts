import { spawn } from 'node:child_process';
import { AnalysisLimits } from './limits';

/** Reads objects of one repository. Nothing here touches the working tree, hooks, filters or external programs. */
export interface Git {
  /** Runs git and answers its output. @throws Error with git's own words when it fails. */
  read(args: readonly string[], input?: string): Promise<Buffer>;
}

/** What the repository's own configuration must not be able to switch on. */
const SAFE_CONFIGURATION = ['core.fsmonitor=false', 'core.hooksPath=/dev/null'].flatMap((entry) => [
  '-c',
  entry,
]);

/** The environment without variables of an outer git command, such as a hook that runs the host. */
function environment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  return {
    ...Object.fromEntries(own),
    LC_ALL: 'C',
    GIT_NO_LAZY_FETCH: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
  };
}

export function createGit(repositoryPath: string): Git {
  return {
    read(args, input = '') {
      return new Promise((resolve, reject) => {
        const child = spawn(
          'git',
          ['-C', repositoryPath, '--no-replace-objects', ...SAFE_CONFIGURATION, ...args],
          { env: environment(), stdio: 'pipe' },
        );
        const output: Buffer[] = [];
        let bytes = 0;
        let complaint = '';
        child.stdout.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          output.push(chunk);
          if (bytes > AnalysisLimits.bytesPerGitAnswer) {
            child.kill();
            reject(new Error(`git ${args[0] ?? ''} answered more than the analysis reads.`));
          }
        });
        child.stderr.on('data', (chunk: Buffer) => {
          complaint = (complaint + chunk.toString()).slice(0, 2_000);
        });
        child.on('error', (cause) => {
          reject(new Error(`git cannot be run: ${cause.message}`, { cause }));
        });
        child.on('close', (code) => {
          if (code === 0) resolve(Buffer.concat(output));
          else reject(new Error(complaint.trim() || `git ${args[0] ?? ''} failed.`));
        });
        // A git that ends before it has read its input breaks the pipe; its exit code says why.
        child.stdin.on('error', () => undefined);
        child.stdin.end(input);
      });
    },
  };
}
