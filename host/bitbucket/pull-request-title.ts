import type { GitCommit } from './git/commits';
import { countCommits } from './git/commits';

/** Bitbucket's own proposal for a title: the subject of the only commit, else the name of the branch made readable. */
export async function titleOf(
  folder: string,
  input: { readonly branch: string; readonly head: GitCommit; readonly base: string },
): Promise<string> {
  const subject = input.head.message.split('\n')[0]?.trim() ?? '';
  if (subject !== '' && (await countCommits(folder, input.head.hash, input.base)) === 1)
    return subject;
  const words = input.branch.replace(/[-_]+/g, ' ').trim();
  return words === '' ? input.branch : words.charAt(0).toUpperCase() + words.slice(1);
}
