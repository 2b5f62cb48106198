import type { SettingValues } from '../contracts/settings';
import type { KnownFrom } from '../contracts/verdict';
import { toActive, type Binding, type BoundProject } from '../domain/binding';
import { findTruth } from '../domain/build-view';
import { toCanonicalJson } from '../domain/canonical-json';
import { quietMs } from '../domain/freshness';
import type { PullRequestIdentity } from '../domain/identifiers';
import type { BitbucketAsApp } from '../domain/ports/bitbucket';
import type { Clock } from '../domain/ports/clock';
import type { Log } from '../domain/ports/log';
import type { Realtime } from '../domain/ports/messaging';
import type { Randomness } from '../domain/ports/randomness';
import type { BindingStore, LeaseStore, VerdictStore } from '../domain/ports/stores';
import type { ProjectTruth, VerdictRecord } from '../domain/project-truth';
import type { PullRequest } from '../domain/pull-request';
import { wantsRefresh } from '../domain/wants-refresh';
import { leaseMs, leaseNames } from './lease-names';
import { nameParents } from './name-parents';
import type { DeliveryHint } from './read-project';
import type { ReadTruth } from './read-truth';
import { readChanges } from './read-changes';
import { resolveHead } from './resolve-head';
import type { ResolveSettings } from './settings/resolve-settings';

export interface RefreshInput extends PullRequestIdentity {
  readonly workspaceUuid: string;
  readonly trigger: KnownFrom;
  /** Asks nothing when another reader was quicker, or met a server that wants to be left alone for now. */
  readonly isOnlyIfStale?: boolean | undefined;
  /** When the caller has just read it. */
  readonly pullRequest?: PullRequest | undefined;
  /** The project that a signed delivery was about. */
  readonly delivery?:
    (DeliveryHint & Pick<BoundProject, 'connectionId' | 'projectKey'>) | undefined;
}

export type RefreshOutcome =
  | {
      readonly kind: 'changed' | 'unchanged';
      readonly record: VerdictRecord;
      readonly pullRequest: PullRequest;
      readonly binding: Binding;
      readonly settings: SettingValues;
      /** When a server could not be asked and may answer later. */
      readonly retryAfterSeconds?: number | undefined;
    }
  /** Another reader is at work, or wrote first. */
  | { readonly kind: 'inProgress'; readonly retryAfterSeconds: number }
  | {
      readonly kind: 'notNeeded';
      readonly because: 'unbound' | 'noPullRequest' | 'closed' | 'fork';
    };

export type RefreshVerdict = (input: RefreshInput) => Promise<RefreshOutcome>;

export interface RefreshVerdictOptions {
  readonly bitbucket: BitbucketAsApp;
  readonly bindings: BindingStore;
  readonly verdicts: VerdictStore;
  readonly leases: LeaseStore;
  readonly readTruth: ReadTruth;
  readonly resolveSettings: ResolveSettings;
  readonly realtime: Realtime;
  readonly randomness: Randomness;
  readonly clock: Clock;
  readonly log: Log;
}

const conflictRetrySeconds = 5;

/**
 * Re-reads the truth about a pull request, stores what changed and tells open pages. One reader at a time; an unchanged
 * truth is not written again within seconds and never announced. A server that cannot be asked is stored as that, beside
 * what was known.
 * @throws {RemoteError} when Bitbucket cannot tell, and whatever the store throws; nothing is half written then.
 */
export function createRefreshVerdict(options: RefreshVerdictOptions): RefreshVerdict {
  const { bindings, leases, randomness, clock, log } = options;
  return async (input) => {
    const binding = toActive(await bindings.find(input.repositoryUuid));
    if (!binding) return { kind: 'notNeeded', because: 'unbound' };
    const name = leaseNames.read(input);
    const holder = randomness.uuid();
    const claim = await leases.claim(name, holder, leaseMs.read);
    if (!claim.isClaimed) {
      const endsInMs = (claim.expiresAtMs ?? clock.nowMs()) - clock.nowMs();
      const retryAfterSeconds = Math.min(
        conflictRetrySeconds,
        Math.max(1, Math.ceil(endsInMs / 1000)),
      );
      return { kind: 'inProgress', retryAfterSeconds };
    }
    try {
      return await refresh(options, input, binding);
    } finally {
      // It ends by itself as well, and what was read is stored.
      await leases
        .release(name, holder)
        .catch((error: unknown) => log.error('a lease could not be released', error));
    }
  };
}

async function refresh(
  options: RefreshVerdictOptions,
  input: RefreshInput,
  binding: Binding,
): Promise<RefreshOutcome> {
  const { bitbucket, verdicts, readTruth, resolveSettings } = options;
  const { repositoryUuid, pullRequestId, workspaceUuid } = input;
  const identity = { repositoryUuid, pullRequestId };
  const [stored, pullRequest] = await Promise.all([
    verdicts.find(identity),
    input.pullRequest
      ? Promise.resolve(input.pullRequest)
      : bitbucket.findPullRequest({ workspaceUuid, ...identity }),
  ]);
  if (pullRequest?.state !== 'OPEN') {
    await retire(options, stored);
    return { kind: 'notNeeded', because: pullRequest ? 'closed' : 'noPullRequest' };
  }
  if (pullRequest.isFork) {
    await retire(options, stored);
    return { kind: 'notNeeded', because: 'fork' };
  }

  const settings = await resolveSettings({
    workspaceUuid,
    repositoryUuid,
    bitbucketProjectUuid: pullRequest.bitbucketProjectUuid,
  });
  const insistOnCommit = settings.insistOnCommit === 'on';
  const reading = { pullRequest, binding, settings };
  const isAnswered =
    input.isOnlyIfStale === true &&
    stored?.retiredAt === undefined &&
    (stored?.insistOnCommit ?? false) === insistOnCommit &&
    String(stored?.hides ?? '') === String(toHidden(settings) ?? '') &&
    !wantsRefresh({ pullRequest, binding, record: stored, nowMs: options.clock.nowMs() });
  if (stored && isAnswered) return { kind: 'unchanged', record: stored, ...reading };

  const head = await resolveHead(options, input, pullRequest, stored);
  const isSameHead = stored?.head?.hash === head?.hash;
  const readingChanges = readChanges(options, {
    workspaceUuid,
    repositoryUuid,
    head,
    pullRequest,
    stored: stored?.changes,
  });
  const readingProjects = Promise.all(
    binding.projects.map(async (project) => {
      const truth = findTruth(stored, project);
      const delivery = isAbout(input, project) ? input.delivery : undefined;
      // A delivery is about one project; the others are as fresh as they were.
      if (truth && input.delivery && !delivery && isSameHead) return truth;
      const latest = await readTruth({
        identity,
        project,
        stored: truth,
        head,
        projectCount: binding.projects.length,
        insistOnCommit,
        delivery,
        extent: input.trigger === 'manual' ? 'everything' : 'changes',
      });
      return nameParents(options, {
        workspaceUuid,
        repositoryUuid,
        head,
        truth: latest,
        stored: truth,
      });
    }),
  );
  const [changes, projects] = await Promise.all([readingChanges, readingProjects]);
  const record = {
    ...identity,
    sequence: stored?.sequence ?? 0,
    head,
    projects,
    knownFrom: input.trigger,
    insistOnCommit,
    hides: toHidden(settings),
    changes,
  };
  return store(options, record, { stored, reading });
}

function isAbout({ delivery }: RefreshInput, project: BoundProject): boolean {
  return (
    delivery?.connectionId === project.connectionId && delivery.projectKey === project.projectKey
  );
}

/** Nothing is read of a closed pull request or of a fork; its last verdict stays for a while for who opens its page. */
async function retire(
  { verdicts, clock }: RefreshVerdictOptions,
  stored: VerdictRecord | undefined,
): Promise<void> {
  if (!stored || stored.retiredAt !== undefined) return;
  const retiredAt = new Date(clock.nowMs()).toISOString();
  // Whoever wrote in between has looked as well.
  await verdicts.save({ ...stored, sequence: stored.sequence + 1, retiredAt }, stored.sequence);
}

/** What a reading was made with. */
type Reading = Pick<
  Extract<RefreshOutcome, { readonly kind: 'changed' | 'unchanged' }>,
  'pullRequest' | 'binding' | 'settings'
>;

async function store(
  { verdicts, realtime, clock }: RefreshVerdictOptions,
  record: VerdictRecord,
  { stored, reading }: { readonly stored: VerdictRecord | undefined; readonly reading: Reading },
): Promise<RefreshOutcome> {
  const retryAfterSeconds = toRetryAfterSeconds(record.projects, clock.nowMs());
  const isChanged = !stored || describe(record) !== describe(stored);
  if (!isChanged && isQuiet(record, stored)) {
    return { kind: 'unchanged', record: stored, ...reading, retryAfterSeconds };
  }
  // What pages order by grows only when there is something new to see.
  const next = isChanged ? { ...record, sequence: record.sequence + 1 } : record;
  if (!(await verdicts.save(next, stored?.sequence))) {
    return { kind: 'inProgress', retryAfterSeconds: conflictRetrySeconds };
  }
  if (isChanged) await realtime.announce(next, next.sequence);
  return { kind: isChanged ? 'changed' : 'unchanged', record: next, ...reading, retryAfterSeconds };
}

/** Everything that a person would see change; not when it was checked or when it will be tried again. */
function describe(record: VerdictRecord): string {
  const { head, projects, insistOnCommit, retiredAt, changes, hides } = record;
  return toCanonicalJson([
    head?.hash,
    insistOnCommit ?? false,
    hides,
    retiredAt,
    changes?.commit,
    projects.map(({ failure, ...truth }) => [
      { ...truth, checkedAt: undefined },
      failure && { since: failure.since, message: failure.message },
    ]),
  ]);
}

/**
 * Whether writing the new time is worth nothing: it is seconds old, or a message of the server came twice. A refresh by
 * hand always shows its time.
 */
function isQuiet({ knownFrom, projects }: VerdictRecord, stored: VerdictRecord): boolean {
  if (knownFrom === 'manual' || projects.some(({ failure }) => failure)) return false;
  if (knownFrom === 'webhook') return true;
  return projects.every((truth) => {
    const before = findTruth(stored, truth);
    return Date.parse(truth.checkedAt) - Date.parse(before?.checkedAt ?? '') < quietMs;
  });
}

function toRetryAfterSeconds(projects: readonly ProjectTruth[], nowMs: number): number | undefined {
  const waits = projects.flatMap(({ failure }) =>
    failure ? [Math.ceil((Date.parse(failure.retryAt) - nowMs) / 1000)] : [],
  );
  return waits.length > 0 ? Math.max(1, Math.min(...waits)) : undefined;
}

/** What is switched off, in an order of its own; absent when everything is shown. */
function toHidden({ card, panel }: SettingValues): VerdictRecord['hides'] {
  const hidden = [
    ...(card === 'off' ? (['card'] as const) : []),
    ...(panel === 'off' ? (['panel'] as const) : []),
  ];
  return hidden.length > 0 ? hidden : undefined;
}
