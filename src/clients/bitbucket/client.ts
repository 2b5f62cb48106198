import { withoutBraces } from '../../domain/identifiers';
import type {
  BitbucketAsApp,
  BitbucketAsUser,
  CommitAddress,
  PullRequestAddress,
  RepositoryAddress,
  RepositoryFacts,
  RepositorySearch,
} from '../../domain/ports/bitbucket';
import type { PullRequest } from '../../domain/pull-request';
import type { Http, HttpCall } from '../http/http';
import type { HttpResponse } from '../http/response';
import { toCall, unlessHidden } from './calls';
import {
  CommitAnswer,
  CommitAuthorsAnswer,
  DiffstatAnswer,
  OpenPullRequestsAnswer,
  ProjectsAnswer,
  PullRequestAnswer,
  RepositoriesAnswer,
  RepositoryAnswer,
  RepositoryPermissionsAnswer,
  WorkspaceAnswer,
  WorkspacePermissionAnswer,
} from './schema';
import { toListedRepository } from './to-listed-repository';
import { toPullRequest } from './to-pull-request';

export type Identity = 'user' | 'app';

/** Sends the calls; paths are built where the platform's `route` template is. */
export interface BitbucketTransport {
  getPullRequest(
    identity: Identity,
    address: PullRequestAddress,
    signal: AbortSignal,
  ): Promise<HttpResponse>;
  listCommits(address: PullRequestAddress, signal: AbortSignal): Promise<HttpResponse>;
  getCommit(identity: Identity, address: CommitAddress, signal: AbortSignal): Promise<HttpResponse>;
  getWorkspacePermission(workspaceUuid: string, signal: AbortSignal): Promise<HttpResponse>;
  getRepositoryPermissions(address: RepositoryAddress, signal: AbortSignal): Promise<HttpResponse>;
  getRepository(
    identity: Identity,
    address: RepositoryAddress,
    signal: AbortSignal,
  ): Promise<HttpResponse>;
  getRepositoryBySlug(
    address: { readonly workspaceUuid: string; readonly slug: string },
    signal: AbortSignal,
  ): Promise<HttpResponse>;
  getWorkspace(workspaceUuid: string, signal: AbortSignal): Promise<HttpResponse>;
  getDiffstat(
    address: CommitAddress & { readonly targetHash: string },
    signal: AbortSignal,
  ): Promise<HttpResponse>;
  listProjects(workspaceUuid: string, page: number, signal: AbortSignal): Promise<HttpResponse>;
  listRepositories(
    workspaceUuid: string,
    search: RepositorySearch,
    signal: AbortSignal,
  ): Promise<HttpResponse>;
  listOpenPullRequests(
    address: RepositoryAddress,
    page: number,
    signal: AbortSignal,
  ): Promise<HttpResponse>;
}

export interface BitbucketClientOptions {
  readonly http: Http;
  readonly transport: BitbucketTransport;
}

export function createBitbucketAsUser(options: BitbucketClientOptions): BitbucketAsUser {
  const { http, transport } = options;
  return {
    findPullRequest: (address) => findPullRequest(options, 'user', address),
    findRepository: (address) =>
      findRepository(options, (signal) => transport.getRepository('user', address, signal)),

    async listCommitAuthors(address) {
      const { values } = await http.readJson(
        toCall('listCommits', (signal) => transport.listCommits(address, signal)),
        CommitAuthorsAnswer,
      );
      return values.map(({ author }) => ({
        email: /<([^<>]+)>\s*$/.exec(author?.raw ?? '')?.[1],
        accountId: author?.user?.account_id,
      }));
    },

    async findMembership(workspaceUuid) {
      const answer = await unlessHidden(
        http.readJson(
          toCall('getWorkspacePermission', (signal) =>
            transport.getWorkspacePermission(workspaceUuid, signal),
          ),
          WorkspacePermissionAnswer,
        ),
      );
      return (
        answer && {
          role: answer.permission === 'owner' ? 'owner' : 'member',
          userName: answer.user?.display_name,
          workspaceName: answer.workspace?.name,
        }
      );
    },

    async findRepositoryRole(address) {
      const answer = await unlessHidden(
        http.readJson(
          toCall('getRepositoryPermissions', (signal) =>
            transport.getRepositoryPermissions(address, signal),
          ),
          RepositoryPermissionsAnswer,
        ),
      );
      // The filter is Bitbucket's; which repository a right is for is checked all the same.
      return answer?.values.find(
        ({ repository }) => withoutBraces(repository.uuid) === address.repositoryUuid,
      )?.permission;
    },
  };
}

export function createBitbucketAsApp(options: BitbucketClientOptions): BitbucketAsApp {
  const { http, transport } = options;
  return {
    findPullRequest: (address) => findPullRequest(options, 'app', address),
    async findCommitHash(address) {
      return (await findCommit(options, address))?.hash;
    },
    async findParentHashes(address) {
      const commit = await findCommit(options, address);
      return commit && (commit.parents ?? []).map(({ hash }) => hash);
    },
    readWorkspace: (workspaceUuid) =>
      http.readJson(
        toCall('getWorkspace', (signal) => transport.getWorkspace(workspaceUuid, signal)),
        WorkspaceAnswer,
      ),
    async findChangedPaths(address) {
      const answer = await unlessHidden(
        http.readJson(
          toCall('getDiffstat', (signal) => transport.getDiffstat(address, signal)),
          DiffstatAnswer,
        ),
      );
      if (!answer || answer.next !== undefined) return undefined;
      const paths = answer.values.flatMap(({ old: before, new: after }) => [
        before?.path ?? [],
        after?.path ?? [],
      ]);
      return [...new Set(paths.flat())];
    },
    async listRepositories(workspaceUuid, search) {
      const { values, size, next } = await http.readJson(
        toCall('listRepositories', (signal) =>
          transport.listRepositories(workspaceUuid, search, signal),
        ),
        RepositoriesAnswer,
      );
      return {
        repositories: values.map(toListedRepository),
        hasMore: next !== undefined,
        ...(size !== undefined && { total: size }),
      };
    },
    async listProjects(workspaceUuid, page) {
      const { values, next } = await http.readJson(
        toCall('listProjects', (signal) => transport.listProjects(workspaceUuid, page, signal)),
        ProjectsAnswer,
      );
      const projects = values.map(({ uuid, key, name }) => ({
        projectUuid: withoutBraces(uuid),
        key,
        name,
      }));
      return { projects, hasMore: next !== undefined };
    },
    async listOpenPullRequests(address, page) {
      const answer = await unlessHidden(
        http.readJson(
          toCall('listOpenPullRequests', (signal) =>
            transport.listOpenPullRequests(address, page, signal),
          ),
          OpenPullRequestsAnswer,
        ),
      );
      return (
        answer && {
          pullRequests: answer.values.map(toPullRequest),
          hasMore: answer.next !== undefined,
        }
      );
    },
    findRepository: (address) =>
      findRepository(options, (signal) => transport.getRepository('app', address, signal)),
    findRepositoryBySlug: (address) =>
      findRepository(options, (signal) => transport.getRepositoryBySlug(address, signal)),
  };
}

async function findRepository(
  { http }: BitbucketClientOptions,
  send: HttpCall['send'],
): Promise<RepositoryFacts | undefined> {
  const answer = await unlessHidden(http.readJson(toCall('getRepository', send), RepositoryAnswer));
  return (
    answer && {
      repositoryUuid: withoutBraces(answer.uuid),
      name: answer.name,
      slug: answer.full_name.split('/')[1] ?? answer.name,
      ...(answer.is_private !== undefined && { isPrivate: answer.is_private }),
      ...(answer.language !== undefined && { language: answer.language }),
      ...(answer.project && { bitbucketProjectUuid: withoutBraces(answer.project.uuid) }),
      ...(answer.mainbranch?.name !== undefined && { mainBranch: answer.mainbranch.name }),
    }
  );
}

function findCommit({ http, transport }: BitbucketClientOptions, address: CommitAddress) {
  return unlessHidden(
    http.readJson(
      toCall('getCommit', (signal) => transport.getCommit('app', address, signal)),
      CommitAnswer,
    ),
  );
}

async function findPullRequest(
  { http, transport }: BitbucketClientOptions,
  identity: Identity,
  address: PullRequestAddress,
): Promise<PullRequest | undefined> {
  const answer = await unlessHidden(
    http.readJson(
      toCall('getPullRequest', (signal) => transport.getPullRequest(identity, address, signal)),
      PullRequestAnswer,
    ),
  );
  return answer && toPullRequest(answer);
}
