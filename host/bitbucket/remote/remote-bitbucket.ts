import type { HostClock } from '../../clock';
import type { ProductEvent } from '../../platform/types';
import type { BitbucketProject } from '../projects';
import type {
  BitbucketStandIn,
  BitbucketUser,
  CommitInsights,
  PullRequestSummary,
  RepositorySummary,
} from '../types';
import { createRemoteApi, BitbucketUnavailableError, type RemoteApiOptions } from './remote-api';
import { createRemoteContent } from './remote-content';
import { readInsights } from './remote-insights';
import { ChangedPath, Permission, PullRequest, Repository, User, Workspace } from './schema';
import { findVerb, toEvent } from './to-event';
import { withoutBraces } from '../uuids';

export interface RemoteBitbucketOptions extends RemoteApiOptions {
  /** Slug of the workspace. */
  readonly workspace: string;
  readonly clock: HostClock;
}

/** The most recently changed ones; a page of the shell shows no more. */
const mostRepositories = 100;
const mostPullRequests = 100;
const mostChangedFiles = 500;
/** Two looks at one repository are at least so far apart. */
const restMs = 10_000;
/** What somebody looked at lately is looked at by itself, so that its events reach the app. */
const followed = { everyMs: 60_000, forMs: 15 * 60_000 } as const;

/**
 * Bitbucket Cloud itself in place of the stand-in, as one token sees it. Its person is the only one; what is shown is
 * read when somebody looks, and events are made of what changed since. @throws BitbucketUnavailableError
 */
export async function openRemoteBitbucket(
  options: RemoteBitbucketOptions,
): Promise<BitbucketStandIn> {
  const { clock } = options;
  const api = createRemoteApi(options);
  const workspacePath = `/workspaces/${encodeURIComponent(options.workspace)}`;
  const workspace = await api.read(workspacePath, Workspace);
  if (!workspace) {
    throw new BitbucketUnavailableError(
      `The token sees no workspace "${options.workspace}": check its name and the token's scopes.`,
    );
  }
  const found = await api.list(
    `/repositories/${workspace.slug}?sort=-updated_on&pagelen=100`,
    Repository,
    mostRepositories,
  );
  const workspaceUuid = workspace.uuid;
  const repositories = found.map(toSummary);
  const projects = toProjects(found);
  const users = [await readPerson()];
  const listeners = new Set<(event: ProductEvent) => void>();
  const pullRequests = new Map<string, Map<number, PullRequest>>();
  const insights = new Map<string, CommitInsights>();
  const looks = new Map<string, { readonly at: number; readonly done: Promise<void> }>();
  const viewedAt = new Map<string, number>();
  follow();

  async function readPerson(): Promise<BitbucketUser> {
    const permission = await api.read(`/user${workspacePath}/permission`, Permission);
    const user = await api.read('/user', User);
    return {
      accountId: user?.account_id ?? 'token',
      uuid: user?.uuid ?? '{00000000-0000-0000-0000-000000000000}',
      displayName: user?.display_name ?? 'Holder of the token',
      nickname: user?.nickname ?? 'token',
      workspaceRole: permission?.permission === 'owner' ? 'owner' : 'member',
    };
  }

  function get(repositoryUuid: string): RepositorySummary {
    const repository = repositories.find(({ uuid }) => uuid === repositoryUuid);
    if (!repository) throw new Error(`There is no repository ${repositoryUuid}.`);
    return repository;
  }
  const placeOf = ({ uuid }: { readonly uuid: string }) =>
    `/repositories/${workspace.slug}/${encodeURIComponent(uuid)}`;

  /** Looks at the open pull requests, and at those that were open the last time. */
  async function look(repository: RepositorySummary): Promise<void> {
    const base = `${placeOf(repository)}/pullrequests`;
    const known = pullRequests.get(repository.uuid);
    const open = await api.list(`${base}?state=OPEN&pagelen=50`, PullRequest, mostPullRequests);
    const gone = [...(known?.values() ?? [])].filter(
      ({ id, state }) => state === 'OPEN' && !open.some((each) => each.id === id),
    );
    const closed = await Promise.all(gone.map(({ id }) => api.read(`${base}/${id}`, PullRequest)));
    const now = [...open, ...closed.filter((each) => each !== undefined)];
    pullRequests.set(repository.uuid, new Map([...(known ?? []), ...now.map(toEntry)]));
    // At the first look everything is new, and nothing happened.
    if (known) announce(repository, known, now);
  }

  function announce(
    repository: RepositorySummary,
    known: ReadonlyMap<number, PullRequest>,
    now: readonly PullRequest[],
  ): void {
    const project = projects.find(({ key }) => key === repository.projectKey);
    for (const pullRequest of now) {
      const verb = findVerb(known.get(pullRequest.id), pullRequest);
      if (!verb) continue;
      const place = { workspaceUuid, repository, project, now: clock.now() };
      for (const listener of listeners) listener(toEvent(verb, pullRequest, place));
    }
  }

  /** One look for all who ask at the same time. */
  async function lookOnce(repository: RepositorySummary): Promise<void> {
    const last = looks.get(repository.uuid);
    if (last && clock.now() - last.at < restMs) return last.done;
    const done = look(repository);
    looks.set(repository.uuid, { at: clock.now(), done });
    return done.catch((error: unknown) => {
      looks.delete(repository.uuid);
      throw error;
    });
  }

  function follow(): void {
    clock.schedule(followed.everyMs, async () => {
      for (const [uuid, at] of viewedAt) {
        if (clock.now() - at > followed.forMs) viewedAt.delete(uuid);
        // The next look or the person who opens the page meets the same fault.
        else await lookOnce(get(uuid)).catch(() => undefined);
      }
      follow();
    });
  }

  return {
    workspace: { ...workspace, uuid: withoutBraces(workspaceUuid) },
    users,
    projects,
    content: createRemoteContent(api, placeOf),
    fetch: (request, identity) => api.fetch(request, identity),
    repositories: () => repositories,
    pullRequests: (repositoryUuid) =>
      [...(pullRequests.get(get(repositoryUuid).uuid)?.values() ?? [])].map((each) =>
        toPullRequestSummary(each, repositoryUuid),
      ),
    async refresh(repositoryUuid, pullRequestId) {
      const repository = get(repositoryUuid);
      viewedAt.set(repositoryUuid, clock.now());
      await lookOnce(repository);
      const head = pullRequests.get(repositoryUuid)?.get(pullRequestId ?? 0)?.source.commit?.hash;
      if (head === undefined) return;
      insights.set(`${repositoryUuid} ${head}`, await readInsights(api, placeOf(repository), head));
    },
    insights: (repositoryUuid, commit) =>
      insights.get(`${repositoryUuid} ${commit}`) ?? { reports: [], statuses: [] },
    async changedFiles(repositoryUuid, id) {
      const path = `${placeOf(get(repositoryUuid))}/pullrequests/${id}/diffstat?pagelen=100`;
      return (await api.list(path, ChangedPath, mostChangedFiles)).map((change) => ({
        path: change.new?.path ?? change.old?.path ?? '',
        ...(change.status === 'renamed' && change.old ? { oldPath: change.old.path } : {}),
        status: change.status,
        linesAdded: change.lines_added,
        linesRemoved: change.lines_removed,
      }));
    },
    // There is no folder that could be ahead of what was pushed.
    hasUnpushed: () => Promise.resolve(false),
    push: () => Promise.resolve([]),
    branchHead: () => undefined,
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    addRepository: refuse,
    merge: () => Promise.reject(doneThere),
    decline: () => Promise.reject(doneThere),
    addListedRepositories: refuse,
    setWorkspaceRole: refuse,
    grant: refuse,
    setFork: refuse,
    rename: refuse,
    moveToProject: refuse,
    setVisibility: refuse,
    deleteRepository: refuse,
    transferOut: refuse,
  };
}

const doneThere = new Error('This workspace is a real one: do that on Bitbucket itself.');

function refuse(): never {
  throw doneThere;
}

function toEntry(pullRequest: PullRequest): [number, PullRequest] {
  return [pullRequest.id, pullRequest];
}

function toSummary(repository: Repository): RepositorySummary {
  const slug = repository.slug ?? repository.full_name.split('/')[1] ?? repository.name;
  return {
    uuid: repository.uuid,
    slug,
    firstSlug: slug,
    name: repository.name,
    isPrivate: repository.is_private,
    path: '',
    ...(repository.mainbranch ? { mainBranch: repository.mainbranch.name } : {}),
    projectKey: repository.project?.key ?? '',
    language: repository.language ?? '',
  };
}

function toProjects(repositories: readonly Repository[]): readonly BitbucketProject[] {
  const projects = repositories.flatMap(({ project }) => project ?? []);
  return [...new Map(projects.map((project) => [project.uuid, project])).values()];
}

function toPullRequestSummary(
  pullRequest: PullRequest,
  repositoryUuid: string,
): PullRequestSummary {
  const { id, title, state, source, destination } = pullRequest;
  return {
    id,
    title,
    state,
    author: pullRequest.author?.display_name ?? 'Somebody who left',
    sourceBranch: source.branch.name,
    destinationBranch: destination.branch.name,
    headCommit: source.commit?.hash ?? '',
    destinationCommit: destination.commit?.hash ?? '',
    baseCommit: destination.commit?.hash ?? '',
    isFork: source.repository?.uuid !== repositoryUuid,
    updatedAt: pullRequest.updated_on,
  };
}
