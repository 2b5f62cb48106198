import type {
  BitbucketAsApp,
  BitbucketAsUser,
  CommitAuthor,
  ListedRepository,
  RepositoryFacts,
} from '../../../src/domain/ports/bitbucket';
import type { PullRequest } from '../../../src/domain/pull-request';
import { bitbucketProjectUuid, repositoryUuid } from './build-app-data';

/** Bitbucket with one pull request that tests change. */
export interface FakeBitbucket extends BitbucketAsApp, BitbucketAsUser {
  pullRequest: PullRequest | undefined;
  fullHash: string | undefined;
  /** Parents by commit. */
  readonly parents: Map<string, readonly string[]>;
  workspaceRole: 'owner' | 'member' | undefined;
  repositoryRole: 'admin' | 'write' | 'read' | undefined;
  repository: RepositoryFacts | undefined;
  /** Beside `repository`, by slug. */
  readonly others: Map<string, RepositoryFacts>;
  authors: readonly CommitAuthor[];
  /** What listings of the workspace show, the oldest first. */
  listed: readonly ListedRepository[];
  /** Thrown by the next calls. */
  fault: Error | undefined;
  changedPaths: readonly string[] | undefined;
  /** Calls in an hour that its headers name. */
  callLimit: number | undefined;
  /** `all`: whatever was asked. */
  readonly counts: { pullRequests: number; commits: number; diffstats: number; all: number };
}

export function createFakeBitbucket(pullRequest: PullRequest, fullHash: string): FakeBitbucket {
  const counts = { pullRequests: 0, commits: 0, diffstats: 0, all: 0 };
  const bitbucket: FakeBitbucket = {
    pullRequest,
    fullHash,
    parents: new Map(),
    fault: undefined,
    callLimit: undefined,
    authors: [],
    listed: [],
    others: new Map(),
    changedPaths: ['src/a.ts'],
    workspaceRole: 'owner',
    repositoryRole: 'admin',
    repository: {
      repositoryUuid,
      name: 'Shop',
      slug: 'shop',
      bitbucketProjectUuid,
    },
    counts,
    findPullRequest({ pullRequestId }) {
      counts.pullRequests += 1;
      counts.all += 1;
      return bitbucket.fault
        ? Promise.reject(bitbucket.fault)
        : Promise.resolve(bitbucket.pullRequest && { ...bitbucket.pullRequest, pullRequestId });
    },
    findCommitHash() {
      counts.commits += 1;
      counts.all += 1;
      return bitbucket.fault
        ? Promise.reject(bitbucket.fault)
        : Promise.resolve(bitbucket.fullHash);
    },
    findParentHashes({ hash }) {
      counts.commits += 1;
      counts.all += 1;
      return bitbucket.fault
        ? Promise.reject(bitbucket.fault)
        : Promise.resolve(bitbucket.parents.get(hash));
    },
    listCommitAuthors: () => answer(bitbucket.authors),
    findMembership: () =>
      answer(
        bitbucket.workspaceRole && {
          role: bitbucket.workspaceRole,
          userName: 'Olivia Owner',
          workspaceName: 'Acme',
        },
      ),
    findRepositoryRole: () => answer(bitbucket.repositoryRole),
    findRepositoryBySlug: ({ slug }) =>
      answer(
        bitbucket.repository?.slug === slug ? bitbucket.repository : bitbucket.others.get(slug),
      ),
    readWorkspace: () => answer({ slug: 'acme', name: 'Acme' }),
    findRepository: ({ repositoryUuid: wanted }) =>
      answer(
        [...bitbucket.others.values(), ...bitbucket.listed].find(
          (each) => each.repositoryUuid === wanted,
        ) ?? (bitbucket.listed.length > 0 ? undefined : bitbucket.repository),
      ),
    findChangedPaths() {
      counts.diffstats += 1;
      return answer(bitbucket.changedPaths);
    },
    listRepositories(_, search) {
      if ('repositoryUuids' in search) {
        const wanted = new Set(search.repositoryUuids);
        return answer({
          repositories: bitbucket.listed.filter((each) => wanted.has(each.repositoryUuid)),
          hasMore: false,
        });
      }
      const { query, page, pageSize } = search;
      const matching = bitbucket.listed.filter(({ name }) => name.includes(query));
      return answer({
        repositories: matching.slice((page - 1) * pageSize, page * pageSize),
        total: matching.length,
        hasMore: page * pageSize < matching.length,
      });
    },
    listProjects: () =>
      answer({
        projects: [{ projectUuid: bitbucketProjectUuid, key: 'GATE', name: 'Gate' }],
        hasMore: false,
      }),
    listOpenPullRequests: () =>
      answer({
        pullRequests: bitbucket.pullRequest?.state === 'OPEN' ? [bitbucket.pullRequest] : [],
        hasMore: false,
      }),
  };

  function answer<T>(value: T): Promise<T> {
    counts.all += 1;
    return bitbucket.fault ? Promise.reject(bitbucket.fault) : Promise.resolve(value);
  }
  return bitbucket;
}
