import * as z from 'zod';
import type { BitbucketStandIn, BitbucketUser, RepositorySummary } from '../bitbucket/types';

/** What a person may see, as Bitbucket itself answers it. */
export interface Access {
  /** Repositories that this person may read, those with a problem last. */
  visibleRepositories(user: BitbucketUser): Promise<readonly RepositorySummary[]>;
  /** By slug or braced UUID; `undefined` for what does not exist and for what this person may not see alike. */
  findRepository(user: BitbucketUser, idOrSlug: string): Promise<RepositorySummary | undefined>;
  /** True for repository administrators, whom workspace owners belong to. */
  isRepositoryAdmin(user: BitbucketUser, repository: RepositorySummary): Promise<boolean>;
}

const Permissions = z.object({ values: z.array(z.object({ permission: z.string() })) });

const readScopes = ['read:repository:bitbucket', 'read:pullrequest:bitbucket'];

/** Asks the stand-in as the person, so that the pages and the API can never disagree about rights. */
export function createAccess(bitbucket: BitbucketStandIn): Access {
  async function mayRead(user: BitbucketUser, repository: RepositorySummary): Promise<boolean> {
    // A folder that could not be taken in is no repository; whoever started the host is told what is wrong with it.
    if (repository.problem !== undefined) return user.workspaceRole === 'owner';
    const { workspace } = bitbucket;
    const url = `https://api.bitbucket.org/2.0/repositories/${workspace.slug}/${encodeURIComponent(repository.slug)}`;
    const { accountId } = user;
    const identity = { kind: 'user', accountId, scopes: readScopes } as const;
    const answer = await bitbucket.fetch(new Request(url), identity);
    await answer.body?.cancel();
    return answer.ok;
  }

  return {
    async visibleRepositories(user) {
      const all = bitbucket.repositories();
      const readable = await Promise.all(all.map((repository) => mayRead(user, repository)));
      return all
        .filter((_repository, index) => readable[index])
        .sort((a, b) => Number(a.problem !== undefined) - Number(b.problem !== undefined));
    },
    async findRepository(user, idOrSlug) {
      const repository = bitbucket
        .repositories()
        .find(({ slug, uuid }) => slug === idOrSlug || uuid === idOrSlug);
      if (!repository || !(await mayRead(user, repository))) return undefined;
      return repository;
    },
    async isRepositoryAdmin({ accountId }, { uuid }) {
      const url = new URL(
        `https://api.bitbucket.org/2.0/user/workspaces/${bitbucket.workspace.slug}/permissions/repositories`,
      );
      url.searchParams.set('q', `repository.uuid="${uuid}"`);
      const identity = { kind: 'user', accountId, scopes: readScopes } as const;
      const answer = await bitbucket.fetch(new Request(url), identity);
      const { data } = Permissions.safeParse(await answer.json());
      return data?.values[0]?.permission === 'admin';
    },
  };
}

/** What one token may see: it lists nothing else, so nothing is asked again. */
export function createTokenAccess(bitbucket: BitbucketStandIn): Access {
  const asked = createAccess(bitbucket);
  return {
    visibleRepositories: () => Promise.resolve(bitbucket.repositories()),
    findRepository: (_user, idOrSlug) =>
      Promise.resolve(
        bitbucket.repositories().find(({ slug, uuid }) => slug === idOrSlug || uuid === idOrSlug),
      ),
    isRepositoryAdmin: (user, repository) => asked.isRepositoryAdmin(user, repository),
  };
}
