import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createGitRepository, type GitFixture } from '../test/support/git-repository';

export interface SamplePullRequest {
  readonly repository: GitFixture;
  readonly headCommit: string;
  readonly baseCommit: string;
  readonly files: number;
  readonly lines: number;
}

const filesInPullRequest = 15;
const largeFiles = 5;

/**
 * A pull request that adds 15 real TypeScript files to a repository that has others: the sources of zod, which the
 * lockfile pins, so that it is the same pull request on every machine.
 */
export function createSamplePullRequest(projectRoot: string): SamplePullRequest {
  const folder = join(projectRoot, 'node_modules/zod/src/v4/core');
  const bySize = readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .sort((a, b) => statSync(join(folder, b)).size - statSync(join(folder, a)).size);
  // The largest have a thousand lines and more each: no usual files of a change.
  const added = bySize.slice(largeFiles, largeFiles + filesInPullRequest);
  if (added.length < filesInPullRequest) throw new Error(`${folder} has too few files.`);
  const read = (names: readonly string[]) =>
    Object.fromEntries(
      names.map((name) => [`src/${name}`, readFileSync(join(folder, name), 'utf8')]),
    );
  const files = read(added);
  const repository = createGitRepository({
    main: [{ files: read(bySize.filter((name) => !added.includes(name))) }],
    feature: { from: 'main', commits: [{ files }] },
  });
  return {
    repository,
    headCommit: repository.hash('feature'),
    baseCommit: repository.hash('main'),
    files: added.length,
    lines: Object.values(files).reduce((sum, text) => sum + text.split('\n').length, 0),
  };
}
