import type { GitFixture } from '../../support/git-repository';
import { createGitRepository } from '../../support/git-repository';
import type { Added, Stage } from './use-world';

/** Adds a repository with one pull request, which changes, moves, removes and adds a file each. */
export async function addTopicTo(stage: Stage): Promise<Added & { readonly fixture: GitFixture }> {
  const fixture = stage.keep(
    createGitRepository({
      main: [
        {
          files: { 'kept.ts': 'a\nb\nc\nd\n', 'moved.ts': 'one\ntwo\nthree\n', 'gone.ts': 'x\n' },
        },
      ],
      topic: {
        from: 'main',
        commits: [
          {
            message: 'Change it\n\nAt length.',
            files: {
              'kept.ts': 'a\nB\nc\nd\ne\n',
              'moved.ts': null,
              'deep/er/moved.ts': 'one\ntwo\nthree\n',
              'gone.ts': null,
              'new.bin': new Uint8Array([0, 1, 2]),
            },
          },
        ],
      },
    }),
  );
  return { ...(await stage.add(fixture)), fixture };
}
