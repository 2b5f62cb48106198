import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A git repository in a folder of its own, for a test to write to. */
export interface GitRepository {
  readonly path: string;
  git(...args: readonly string[]): string;
  write(file: string, content: string | Uint8Array): void;
  /** Commits everything; answers the full hash. */
  commit(message: string): string;
  remove(): void;
}

const identity = {
  GIT_AUTHOR_NAME: 'Dora Developer',
  GIT_AUTHOR_EMAIL: 'dora@example.org',
  GIT_COMMITTER_NAME: 'Dora Developer',
  GIT_COMMITTER_EMAIL: 'dora@example.org',
  GIT_AUTHOR_DATE: '2026-05-01T10:00:00+02:00',
  GIT_COMMITTER_DATE: '2026-05-01T10:00:00+02:00',
  // Settings of whoever runs the tests stay out.
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
};

export function createGitRepository(): GitRepository {
  const path = mkdtempSync(join(tmpdir(), 'gatehouse-contract-'));
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-C', path, ...args], {
      encoding: 'utf8',
      env: { ...process.env, ...identity },
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  git('init', '--initial-branch=main');
  return {
    path,
    git,
    write(file, content) {
      mkdirSync(dirname(join(path, file)), { recursive: true });
      writeFileSync(join(path, file), content);
    },
    commit(message) {
      git('add', '--all');
      git('commit', '--quiet', '--message', message);
      return git('rev-parse', 'HEAD');
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

/**
 * A repository with one open pull request (`feature/cart` onto `main`) that holds every kind of change: added, changed,
 * removed, renamed, binary, executable, link, and names with spaces and umlauts.
 */
export function createShopRepository(): GitRepository {
  const repository = createGitRepository();
  repository.write('README.md', '# Shop\n');
  repository.write('src/cart.js', lines('cart', 30));
  repository.write('src/old-name.js', lines('kept', 30));
  repository.write('src/removed.js', lines('removed', 5));
  repository.write('logo.png', Uint8Array.from([137, 80, 78, 71, 0, 1, 2, 3]));
  repository.commit('Start the shop');
  repository.git('checkout', '--quiet', '-b', 'feature/cart');
  repository.write('src/cart.js', `${lines('cart', 30)}if (total == null) { debugger; }\n`);
  repository.git('mv', 'src/old-name.js', 'src/new-name.js');
  repository.git('rm', '--quiet', 'src/removed.js');
  repository.write('src/Ümläut und Leerzeichen.js', lines('added', 3));
  repository.write('logo.png', Uint8Array.from([137, 80, 78, 71, 0, 9, 9, 9]));
  repository.write('run.sh', '#!/bin/sh\n');
  chmodSync(join(repository.path, 'run.sh'), 0o755);
  symlinkSync('README.md', join(repository.path, 'link.md'));
  repository.commit('Fill the cart');
  repository.git('checkout', '--quiet', 'main');
  repository.write('docs/guide.md', 'Guide\n');
  repository.commit('Write a guide');
  return repository;
}

function lines(word: string, count: number) {
  return Array.from(
    { length: count },
    (_, number) => `export const ${word}${number} = ${number};\n`,
  ).join('');
}
