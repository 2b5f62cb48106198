import type { ProductEvent } from '../platform/types';
import { createApi } from './api/router';
import { createCodeInsightsStore } from './code-insights-store';
import { listChanges } from './git/diff';
import { gitContent } from './git/repository-content';
import { createPeople } from './people';
import { pullRequestEvent } from './product-events';
import { createProjects } from './projects';
import type { PullRequestRecord } from './records';
import { createRepositoryRegistry } from './repository-registry';
import { createRepositoryChanges } from './repository-changes';
import { createRights } from './rights';
import { createStore } from './store';
import { restTimestamp } from './timestamps';
import type { BitbucketOptions, BitbucketStandIn, PullRequestSummary } from './types';
import { withBraces, withoutBraces } from './uuids';

/** Bitbucket Cloud on one machine, over real git repositories on disk, which it only reads. */
export function createBitbucket({
  database,
  clock,
  workspace,
}: BitbucketOptions): BitbucketStandIn {
  const workspaceUuid = withBraces(workspace.uuid);
  const codeInsights = createCodeInsightsStore(database);
  const store = createStore(database);
  const people = createPeople(withoutBraces(workspace.uuid));
  const listeners = new Set<(event: ProductEvent) => void>();
  const emit = (event: ProductEvent) => {
    for (const listener of listeners) listener(event);
  };
  const projects = createProjects(workspaceUuid);
  for (const [accountId, role] of store.memberRoles()) people.setRole(accountId, role);
  const registry = createRepositoryRegistry({
    store,
    clock,
    people,
    workspaceUuid,
    projects,
    emit,
  });
  const rights = createRights(people, (uuid) =>
    registry.listed.has(uuid) ? people.defaultGrants : store.grants(uuid),
  );
  const api = createApi({
    workspace,
    projects,
    people,
    rights,
    registry,
    store,
    codeInsights,
    clock,
  });

  function getPullRequest(repositoryUuid: string, id: number): PullRequestRecord {
    const { uuid, name } = registry.get(repositoryUuid);
    const record = store.findPullRequest(uuid, id);
    if (!record) throw new Error(`There is no pull request ${id} in "${name}".`);
    return record;
  }

  /** @throws Error when the person may not write, or the pull request is closed. */
  function close(
    repositoryUuid: string,
    id: number,
    input: { accountId: string; state: 'MERGED' | 'DECLINED' },
  ): void {
    const repository = registry.get(repositoryUuid);
    const record = getPullRequest(repositoryUuid, id);
    const actor = people.find(input.accountId);
    const role = actor ? rights.roleOf(actor, repository) : 'none';
    if (!actor || role === 'none' || role === 'read')
      throw new Error(`Closing pull request ${id} of "${repository.name}" needs the write right.`);
    if (record.state !== 'OPEN')
      throw new Error(`Pull request ${id} of "${repository.name}" is ${record.state}, not OPEN.`);

    const isMerge = input.state === 'MERGED';
    const next: PullRequestRecord = {
      ...record,
      state: input.state,
      // The repository on disk is never written, so a merge here is a fast-forward in name only.
      mergeCommit: isMerge ? record.headCommit : null,
      closedBy: input.accountId,
      updatedAt: clock.now(),
    };
    store.savePullRequest(repository.uuid, next);
    const verb = isMerge ? 'fulfilled' : 'rejected';
    emit(pullRequestEvent(registry.eventSource(), repository, next, { verb, actor }));
  }

  return {
    workspace,
    users: people.users,
    projects,
    content: gitContent,
    refresh: () => Promise.resolve(),
    ...createRepositoryChanges({ registry, projects, people, clock, emit }),
    fetch: api,
    insights(repositoryUuid, commit) {
      const place = { repositoryUuid: registry.get(repositoryUuid).uuid, commit };
      return {
        reports: codeInsights.reports(place).map((report) => ({
          ...report,
          annotations: codeInsights.annotations(place, report.reportId),
        })),
        statuses: codeInsights.statuses(place),
      };
    },
    addRepository: (input) => registry.add(input),
    branchHead: (uuid, branch) => store.branches(registry.get(uuid).uuid).get(branch),
    repositories: () => registry.summaries(),
    pullRequests(repositoryUuid) {
      return store
        .pullRequests(registry.get(repositoryUuid).uuid)
        .map((record) => toSummary(record, people.fromCommit(record.author).displayName));
    },
    async changedFiles(repositoryUuid, id) {
      const { baseCommit, headCommit } = getPullRequest(repositoryUuid, id);
      const { path } = registry.get(repositoryUuid);
      const changes = await listChanges(path, { from: baseCommit, to: headCommit });
      return changes.map((change) => ({
        path: change.newPath,
        ...(change.status === 'renamed' ? { oldPath: change.oldPath } : {}),
        status: change.status,
        linesAdded: change.linesAdded,
        linesRemoved: change.linesRemoved,
      }));
    },
    grant(repositoryUuid, accountId, role) {
      const { uuid } = registry.get(repositoryUuid);
      if (!people.find(accountId)) throw new Error(`There is no user ${accountId}.`);
      store.saveGrant(uuid, accountId, role);
    },
    addListedRepositories: (count) =>
      registry.listed.add(count, clock.now()).map(({ uuid, slug }) => ({ uuid, slug })),
    setWorkspaceRole(accountId, role) {
      people.setRole(accountId, role);
      store.saveMemberRole(accountId, role);
      if (role !== 'outsider') return;
      for (const { uuid } of registry.summaries()) store.saveGrant(uuid, accountId, 'none');
    },
    push: (repositoryUuid) => registry.push(repositoryUuid),
    hasUnpushed: (repositoryUuid) => registry.hasUnpushed(repositoryUuid),
    async decline(repositoryUuid, id, accountId) {
      await registry.exclusively(repositoryUuid, () => {
        close(repositoryUuid, id, { accountId, state: 'DECLINED' });
      });
    },
    async merge(repositoryUuid, id, accountId) {
      await registry.exclusively(repositoryUuid, () => {
        close(repositoryUuid, id, { accountId, state: 'MERGED' });
      });
    },
    setFork(repositoryUuid, id, fork) {
      const record = getPullRequest(repositoryUuid, id);
      store.savePullRequest(registry.get(repositoryUuid).uuid, { ...record, fork });
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function toSummary(record: PullRequestRecord, author: string): PullRequestSummary {
  return {
    id: record.id,
    title: record.title,
    state: record.state,
    author,
    sourceBranch: record.sourceBranch,
    destinationBranch: record.destinationBranch,
    headCommit: record.headCommit,
    destinationCommit: record.destinationCommit,
    baseCommit: record.baseCommit,
    isFork: record.fork !== 'none',
    updatedAt: restTimestamp(record.updatedAt),
  };
}
