import { basename, resolve } from 'node:path';
import type { HostClock } from '../clock';
import type { ProductEvent } from '../platform/types';
import { readBranches, readDetachedHead } from './git/branches';
import { gitProblem, inspectFolder, realPathOf } from './git/inspect-folder';
import { detectLanguage } from './git/language';
import { measureSize } from './git/size';
import { createListedRepositories, type ListedRepositories } from './listed-repositories';
import { nameBasedUuid } from './name-based-uuid';
import type { People } from './people';
import type { EventSource } from './product-events';
import { pushEvent, repositoryEvent, toPullRequestEvent } from './product-events';
import { planPush } from './push-plan';
import type { PushPlan } from './push-state';
import type { BitbucketProject } from './projects';
import type { RepositoryRecord } from './records';
import type { Store } from './store';
import type { RepositorySummary } from './types';
import { withBraces } from './uuids';

export interface RepositoryRegistry {
  add(input: {
    path: string;
    isPrivate?: boolean;
    name?: string;
    isNew?: boolean;
  }): Promise<RepositorySummary>;
  summaries(): readonly RepositorySummary[];
  /** Repositories that were added since the start, by UUID with or without braces. @throws when unknown. */
  get(uuid: string): RepositoryRecord;
  /** By slug or by UUID with braces, as paths of the API name them. */
  find(slugOrUuid: string): RepositoryRecord | undefined;
  all(): readonly RepositoryRecord[];
  push(uuid: string): Promise<readonly number[]>;
  hasUnpushed(uuid: string): Promise<boolean>;
  /** Runs a change of pull requests when no push is under way, and before the next one. */
  exclusively(uuid: string, task: () => void): Promise<void>;
  /** A slug for this name that no other repository has. */
  freeSlug(name: string, ownUuid?: string): string;
  /** Stores what changed of a repository that was taken in. */
  replace(record: RepositoryRecord): RepositorySummary;
  /** Forgets the repository with everything that was pushed to it. */
  remove(uuid: string): void;
  /** Repositories without a folder. */
  readonly listed: ListedRepositories;
  eventSource(): EventSource;
}

interface RegistryOptions {
  readonly store: Store;
  readonly clock: HostClock;
  readonly people: People;
  readonly workspaceUuid: string;
  readonly projects: readonly BitbucketProject[];
  readonly emit: (event: ProductEvent) => void;
}

interface Entry {
  readonly record: RepositoryRecord;
  readonly problem: string | undefined;
  readonly notice: string | undefined;
}

/** The repositories by folder: takes them in, remembers what was pushed, and turns what moved into events. */
export function createRepositoryRegistry(options: RegistryOptions): RepositoryRegistry {
  const { store, clock, people, workspaceUuid, projects, emit } = options;
  const entries = new Map<string, Entry>();
  const listed = createListedRepositories(
    workspaceUuid,
    projects.map(({ key }) => key),
  );
  const queues = new Map<string, Promise<unknown>>();

  /** One change of a repository at a time: the host's watcher and a person may push at once. */
  function inTurn<T>(key: string, task: () => Promise<T>): Promise<T> {
    const turn = (queues.get(key) ?? Promise.resolve()).then(task, task);
    queues.set(
      key,
      turn.catch(() => undefined),
    );
    return turn;
  }

  function eventSource(): EventSource {
    return { workspaceUuid, projects, people, now: clock.now() };
  }

  function freeSlug(name: string, ownUuid?: string): string {
    const base = slugOf(name);
    let slug = base;
    for (let suffix = 2; store.isSlugTaken(slug, ownUuid); suffix += 1) slug = `${base}-${suffix}`;
    return slug;
  }

  function newRecord(path: string, name: string, isPrivate: boolean): RepositoryRecord {
    return {
      uuid: withBraces(nameBasedUuid(workspaceUuid, 'repository', path)),
      slug: freeSlug(name),
      name,
      path,
      isPrivate,
      mainBranch: null,
      language: '',
      source: null,
      projectKey: projects[0]?.key ?? '',
      createdAt: clock.now(),
      updatedAt: clock.now(),
    };
  }

  /** Reads the disk, writes what changed in one transaction, and only then tells about it. */
  async function takeOver(
    record: RepositoryRecord,
    { isShallow, isIntake }: { readonly isShallow: boolean; readonly isIntake: boolean },
  ): Promise<{ readonly entry: Entry; readonly plan: PushPlan | undefined }> {
    let plan: PushPlan;
    try {
      plan = await planPush({
        repository: record,
        branches: store.branches(record.uuid),
        pullRequests: store.pullRequests(record.uuid),
        isShallow,
        isIntake,
        now: clock.now(),
      });
    } catch (error) {
      const problem = gitProblem(record.path, error);
      return { entry: { record, problem, notice: undefined }, plan: undefined };
    }
    const mainTip = plan.mainBranch === null ? undefined : plan.branches.get(plan.mainBranch);
    const language =
      mainTip === undefined ? '' : await detectLanguage(record.path, mainTip).catch(() => '');
    const sizeBytes = await measureSize(record.path).catch(() => undefined);
    const next: RepositoryRecord = {
      ...record,
      sizeBytes,
      mainBranch: plan.mainBranch,
      language,
      source: plan.source,
      updatedAt: plan.branchChanges.length > 0 ? clock.now() : record.updatedAt,
    };
    store.savePush({
      repository: next,
      branches: plan.branches,
      pullRequests: plan.pullRequestChanges.map((change) => change.record),
    });
    const problem = await emptinessOf(next, plan, isShallow);
    return { entry: { record: next, problem, notice: plan.notice }, plan };
  }

  async function emptinessOf(
    record: RepositoryRecord,
    plan: Pick<PushPlan, 'mainBranch' | 'notice'>,
    isShallow: boolean,
  ): Promise<string | undefined> {
    if (plan.mainBranch === null) {
      const detached = await readDetachedHead(record.path);
      return detached === undefined
        ? `"${record.path}" has no commits yet; commit something to a branch.`
        : `"${record.path}" has a detached HEAD and no branch; make one with "git switch -c main".`;
    }
    if (store.pullRequests(record.uuid).length > 0) return undefined;
    if (plan.notice !== undefined) return plan.notice;
    return isShallow
      ? `"${record.path}" is a shallow clone without the parent of its last commit; run "git fetch --unshallow".`
      : `"${record.path}" has a single commit, so there is nothing to compare; commit to a branch.`;
  }

  async function add(input: {
    path: string;
    isPrivate?: boolean;
    name?: string;
    isNew?: boolean;
  }): Promise<RepositorySummary> {
    const path = await realPathOf(resolve(input.path));
    return inTurn(path, async () => {
      const known = store.findRepositoryByPath(path);
      const name = input.name ?? known?.name ?? (basename(path) || 'repository');
      const isPrivate = input.isPrivate ?? known?.isPrivate ?? true;
      const record: RepositoryRecord = known
        ? { ...known, name, isPrivate }
        : newRecord(path, name, isPrivate);
      store.saveRepository(record);
      if (!known)
        for (const [accountId, role] of people.defaultGrants)
          store.saveGrant(record.uuid, accountId, role);

      const inspection = await inspectFolder(path);
      if (inspection.kind === 'problem')
        entries.set(record.uuid, { record, problem: inspection.problem, notice: undefined });
      else if (record.source === null) {
        // The first intake is no push: Bitbucket had it all before the app was installed.
        const { entry } = await takeOver(record, {
          isShallow: inspection.isShallow,
          isIntake: true,
        });
        entries.set(record.uuid, entry);
      } else {
        const { mainBranch } = record;
        const problem = await emptinessOf(
          record,
          { mainBranch, notice: undefined },
          inspection.isShallow,
        ).catch((error: unknown) => gitProblem(path, error));
        entries.set(record.uuid, { record, problem, notice: undefined });
      }
      const taken = getEntry(record.uuid);
      if (input.isNew === true) {
        const actor = people.pusher;
        emit(repositoryEvent(eventSource(), taken.record, { verb: 'created', actor }));
      }
      return summaryOf(taken);
    });
  }

  function getEntry(uuid: string): Entry {
    const entry = entries.get(withBraces(uuid));
    if (!entry) throw new Error(`There is no repository ${withBraces(uuid)} in this workspace.`);
    return entry;
  }

  async function push(uuid: string): Promise<readonly number[]> {
    const { path } = getEntry(uuid).record;
    return inTurn(path, async () => {
      const { record } = getEntry(uuid);
      const inspection = await inspectFolder(path);
      if (inspection.kind === 'problem') {
        // What was pushed stays: a folder that is away for a moment must not look like deleted branches.
        entries.set(record.uuid, { record, problem: inspection.problem, notice: undefined });
        return [];
      }
      const { entry, plan } = await takeOver(record, {
        isShallow: inspection.isShallow,
        isIntake: false,
      });
      entries.set(record.uuid, entry);
      if (!plan) return [];
      const source = eventSource();
      for (const change of plan.branchChanges) emit(pushEvent(source, entry.record, change));
      const changed: number[] = [];
      for (const change of plan.pullRequestChanges) {
        const event = toPullRequestEvent(source, entry.record, change);
        if (!event) continue;
        changed.push(change.record.id);
        emit(event);
      }
      return changed;
    });
  }

  return {
    add,
    summaries: () => [...entries.values()].map(summaryOf),
    get: (uuid) => getEntry(uuid).record,
    find(slugOrUuid) {
      const wanted = slugOrUuid.toLowerCase();
      return (
        [...entries.values()].find(({ record }) => record.slug === wanted || record.uuid === wanted)
          ?.record ?? listed.find(wanted)
      );
    },
    all: () => [...[...entries.values()].map(({ record }) => record), ...listed.all()],
    listed,
    freeSlug,
    replace(record) {
      const entry = { ...getEntry(record.uuid), record };
      store.saveRepository(record);
      entries.set(record.uuid, entry);
      return summaryOf(entry);
    },
    remove(uuid) {
      store.deleteRepository(uuid);
      entries.delete(uuid);
    },
    push,
    async hasUnpushed(uuid) {
      const { record } = getEntry(uuid);
      if ((await inspectFolder(record.path)).kind === 'problem') return false;
      const { tips } = await readBranches(record.path).catch(() => ({ tips: undefined }));
      if (tips === undefined) return false;
      const pushed = store.branches(record.uuid);
      return (
        tips.size !== pushed.size || [...tips].some(([name, hash]) => pushed.get(name) !== hash)
      );
    },
    exclusively(uuid, task) {
      return inTurn(getEntry(uuid).record.path, () => Promise.resolve().then(task));
    },
    eventSource,
  };
}

function summaryOf({ record, problem, notice }: Entry): RepositorySummary {
  return {
    uuid: record.uuid,
    slug: record.slug,
    firstSlug: record.firstSlug ?? record.slug,
    name: record.name,
    isPrivate: record.isPrivate,
    path: record.path,
    projectKey: record.projectKey,
    language: record.language,
    ...(record.mainBranch === null ? {} : { mainBranch: record.mainBranch }),
    ...(problem === undefined ? {} : { problem }),
    ...(notice === undefined ? {} : { notice }),
  };
}

/** Lower-case letters, digits, dots, dashes and underscores, as Bitbucket makes slugs from names. */
function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 62);
  return slug === '' ? 'repository' : slug;
}
