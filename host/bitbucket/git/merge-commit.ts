import { isAncestor } from './commits';
import { readGit } from './run-git';

/**
 * The commit that brought `head` into the branch whose tip is `tip`: the oldest one on the branch's own line (first
 * parents) that contains it. After a fast-forward that is `head` itself.
 */
export async function findMergeCommit(folder: string, head: string, tip: string): Promise<string> {
  const args = ['rev-list', '--first-parent', tip, `^${head}`, '--'];
  const line = (await readGit(folder, args)).split('\n').filter((hash) => hash !== '');
  // Newest first; the commits up to the merge contain `head`, those below it do not.
  let contained = 0;
  let unknown = line.length;
  while (contained < unknown) {
    const middle = (contained + unknown) >> 1;
    const hash = line[middle];
    if (hash !== undefined && (await isAncestor(folder, head, hash))) contained = middle + 1;
    else unknown = middle;
  }
  const oldest = line[contained - 1];
  if (oldest === undefined) return head;
  const parents = (
    await readGit(folder, ['rev-list', '--parents', '--max-count=1', oldest])
  ).trim();
  // When head is the first parent of the oldest one, the branch was fast-forwarded to head before it went on.
  return parents.split(' ')[1] === head ? head : oldest;
}
