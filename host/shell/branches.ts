import * as z from 'zod';
import type { BitbucketUser } from '../bitbucket/types';
import type { BitbucketNeighbour } from '../neighbour';
import type { CommitLine } from '../bitbucket/content';

export interface BranchLine extends CommitLine {
  readonly name: string;
}

const Answer = z.object({
  values: z.array(
    z.object({
      name: z.string(),
      target: z.object({
        hash: z.string(),
        date: z.string(),
        message: z.string(),
        author: z.object({ raw: z.string() }),
      }),
    }),
  ),
});

const scopes = ['read:repository:bitbucket'];

/** The branches as they were pushed, the newest first (at most 100), as this person sees them. */
export async function listBranches(
  bitbucket: BitbucketNeighbour,
  user: BitbucketUser,
  repositoryBase: string,
): Promise<readonly BranchLine[]> {
  const url = `https://api.bitbucket.org/2.0/repositories${repositoryBase}/refs/branches?pagelen=100&sort=-target.date`;
  const identity = { kind: 'user', accountId: user.accountId, scopes } as const;
  const answer = await bitbucket.fetch(new Request(url), identity);
  const parsed = Answer.safeParse(await answer.json().catch(() => undefined));
  if (!parsed.success) return [];
  return parsed.data.values.map(({ name, target }) => ({
    name,
    hash: target.hash,
    date: target.date,
    subject: target.message.split('\n')[0] ?? '',
    author: target.author.raw.replace(/\s*<.*$/, ''),
  }));
}
