import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** One commit: its message, and the files it writes (text), or removes (null). */
export interface CommitSpec {
  readonly message?: string;
  readonly files?: Readonly<Record<string, string | Uint8Array | null>>;
  readonly author?: { readonly name: string; readonly email: string };
}

export interface BranchSpec {
  /** Branch or commit that it starts from; absent for the first branch and for one without a parent. */
  readonly from?: string;
  readonly commits: readonly CommitSpec[];
}

/** A real git repository in a temporary folder, free of the user's own git settings. */
export interface GitFixture {
  readonly path: string;
  /** Runs git in the repository and answers its output without the line end. */
  git(...args: readonly string[]): string;
  /** Adds a commit to a branch, which is made from the branch checked out when it is new; answers the full hash. */
  commit(branch: string, spec?: CommitSpec): string;
  hash(revision: string): string;
  remove(): void;
}

const author = { name: 'Dana Developer', email: 'dana@example.com' };

function createRunner(clock: { second: number }) {
  return (cwd: string, args: readonly string[], as: CommitSpec['author'] = author): string => {
    const date = new Date(Date.UTC(2026, 0, 5) + clock.second * 1000).toISOString();
    const output = execFileSync('git', args, {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        LC_ALL: 'C.UTF-8',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: devNull,
        GIT_AUTHOR_NAME: as.name,
        GIT_AUTHOR_EMAIL: as.email,
        GIT_AUTHOR_DATE: date,
        GIT_COMMITTER_NAME: as.name,
        GIT_COMMITTER_EMAIL: as.email,
        GIT_COMMITTER_DATE: date,
      },
    });
    return output.replace(/\n$/, '');
  };
}

/** An empty temporary folder and its removal, for what is not a repository. */
export function createFolder(): { readonly path: string; remove(): void } {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'gatehouse-git-')));
  return {
    path,
    remove() {
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/** A clone of a fixture, made with the extra arguments of `git clone` given. */
export function cloneOf(fixture: GitFixture, ...args: readonly string[]): GitFixture {
  const folder = createFolder();
  const run = createRunner({ second: 100_000 });
  run(folder.path, ['clone', '--quiet', ...args, `file://${fixture.path}`, 'clone']);
  return createFixture(join(folder.path, 'clone'), run, { second: 100_000 }, () => folder.remove());
}

/**
 * Builds a repository from its branches, in the order given. Authors and dates are fixed, each commit one minute after
 * the one before, so the same input gives the same hashes.
 */
export function createGitRepository(
  branches: Readonly<Record<string, BranchSpec | readonly CommitSpec[]>>,
  options: { readonly bare?: boolean; readonly folderName?: string } = {},
): GitFixture {
  const folder = createFolder();
  const path = join(folder.path, options.folderName ?? 'repository');
  mkdirSync(path, { recursive: true });
  const clock = { second: 0 };
  const run = createRunner(clock);
  const names = Object.keys(branches);
  run(path, ['init', '--quiet', `--initial-branch=${names[0] ?? 'main'}`]);
  const fixture = createFixture(path, run, clock, () => folder.remove());

  for (const [name, spec] of Object.entries(branches)) {
    const { from, commits } = 'commits' in spec ? spec : { from: undefined, commits: spec };
    if (from !== undefined) fixture.git('checkout', '--quiet', '-b', name, from, '--');
    else if (name !== names[0]) fixture.git('checkout', '--quiet', '--orphan', name);
    for (const commit of commits) fixture.commit(name, commit);
  }
  // Left as a person leaves it: the first branch is checked out.
  if (names[0] !== undefined && clock.second > 0)
    fixture.git('checkout', '--quiet', names[0], '--');
  if (options.bare !== true) return fixture;

  const barePath = join(folder.path, 'bare.git');
  fixture.git('clone', '--quiet', '--bare', path, barePath);
  return createFixture(barePath, run, clock, () => folder.remove());
}

function createFixture(
  path: string,
  run: ReturnType<typeof createRunner>,
  clock: { second: number },
  remove: () => void,
): GitFixture {
  const git = (...args: readonly string[]) => run(path, args);
  return {
    path,
    git,
    commit(branch, spec = {}) {
      clock.second += 60;
      const current = run(path, ['branch', '--show-current']);
      if (current !== branch) {
        const exists = run(path, ['branch', '--list', '--', branch]) !== '';
        run(path, ['checkout', '--quiet', ...(exists ? [branch] : ['-b', branch]), '--']);
      }
      const files = spec.files ?? { [`file-${clock.second}.txt`]: `${clock.second}\n` };
      for (const [name, content] of Object.entries(files)) {
        const file = join(path, name);
        if (content === null) rmSync(file);
        else {
          mkdirSync(dirname(file), { recursive: true });
          writeFileSync(file, content);
        }
      }
      run(path, ['add', '--all', '--force', '.']);
      const message = spec.message ?? `Commit ${clock.second / 60} on ${branch}`;
      run(
        path,
        ['-c', 'commit.gpgSign=false', 'commit', '--quiet', '--allow-empty', '-m', message],
        spec.author,
      );
      return run(path, ['rev-parse', 'HEAD']);
    },
    hash: (revision) => run(path, ['rev-parse', '--verify', `${revision}^{commit}`]),
    remove,
  };
}
