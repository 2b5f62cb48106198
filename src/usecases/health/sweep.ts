import { findBound, toActive, type Binding } from '../../domain/binding';
import type { PullRequestIdentity } from '../../domain/identifiers';
import type { Inventory } from '../../domain/ports/inventory';
import type { Clock } from '../../domain/ports/clock';
import type { JobQueue } from '../../domain/ports/messaging';
import type { Randomness } from '../../domain/ports/randomness';
import type { BindingStore, LeaseStore } from '../../domain/ports/stores';
import { forgetPullRequest, type ForgetPullRequestOptions } from '../forget-pull-request';
import { leaseMs, leaseNames } from '../lease-names';
import type { Stretch } from '../operations/run-operation';

export interface SweepOptions extends ForgetPullRequestOptions {
  readonly inventory: Inventory;
  readonly bindings: BindingStore;
  readonly leases: LeaseStore;
  readonly queue: JobQueue;
  readonly randomness: Randomness;
  readonly clock: Clock;
}

const pageSize = 50;
const phases = ['verdicts', 'issues', 'publications'] as const;
type Phase = (typeof phases)[number];

/**
 * Removes what is stored of repositories that are not bound and of pull requests that are forgotten: what a crash, a lost
 * message or a lagging listing left behind. A page of the store a stretch; reports of it are taken back on Bitbucket.
 */
export function createSweep(options: SweepOptions): Stretch {
  const { inventory, bindings, verdicts, issues, publications, leases, queue } = options;

  function createFindBinding() {
    const known = new Map<string, Promise<Binding | undefined>>();
    return (repositoryUuid: string) => {
      const found = known.get(repositoryUuid) ?? bindings.find(repositoryUuid);
      known.set(repositoryUuid, found);
      return found;
    };
  }

  /** Nobody is in the middle of writing it: issues come before the record that names them. */
  async function isIdle(identity: PullRequestIdentity): Promise<boolean> {
    const name = leaseNames.read(identity);
    const holder = options.randomness.uuid();
    if (!(await leases.claim(name, holder, leaseMs.read)).isClaimed) return false;
    await leases.release(name, holder);
    return true;
  }

  const sweepPage: Readonly<Record<Phase, (cursor: string | undefined) => Promise<SweptPage>>> = {
    async verdicts(cursor) {
      const findBinding = createFindBinding();
      const { items, nextCursor } = await inventory.listVerdicts({ limit: pageSize, cursor });
      let removed = 0;
      for (const identity of items) {
        if (toActive(await findBinding(identity.repositoryUuid))) continue;
        await forgetPullRequest(options, identity, { keepsPublications: true });
        removed += 1;
      }
      return { removed, nextCursor };
    },

    async issues(cursor) {
      const { items, nextCursor } = await inventory.listIssueOwners({ limit: pageSize, cursor });
      let removed = 0;
      for (const identity of items) {
        if (await verdicts.find(identity)) continue;
        if (!(await isIdle(identity)) || (await verdicts.find(identity))) continue;
        await issues.removeAll(identity);
        removed += 1;
      }
      return { removed, nextCursor };
    },

    async publications(cursor) {
      const findBinding = createFindBinding();
      const { items, nextCursor } = await inventory.listPublications({ limit: pageSize, cursor });
      let removed = 0;
      for (const { repositoryUuid, pullRequestId, connectionId, projectKey } of items) {
        const identity = { repositoryUuid, pullRequestId };
        const project = { connectionId, projectKey };
        const bound = findBound(await findBinding(repositoryUuid), project);
        if (bound?.state !== 'bound') {
          // It is taken off the commit first; the record goes with that.
          await queue.push({ kind: 'withdraw', ...identity, ...project });
        } else if (await verdicts.find(identity)) {
          continue;
        } else {
          await publications.remove(identity, project);
        }
        removed += 1;
      }
      return { removed, nextCursor };
    },
  };

  return async (operation, context) => {
    const { phase, cursor } = fromCursor(operation.cursor);
    const { removed, nextCursor } = await sweepPage[phase](cursor);
    const done = operation.done + removed;
    const next = toCursor(phase, nextCursor);
    if (next !== undefined) {
      const saved = await context.save({ ...operation, done, cursor: next });
      return saved && { operation: saved, next: 'goOn' };
    }
    const finishedAt = new Date(options.clock.nowMs()).toISOString();
    const saved = await context.save({
      ...operation,
      done,
      cursor: undefined,
      state: 'succeeded',
      finishedAt,
    });
    return saved && { operation: saved, next: 'end' };
  };
}

interface SweptPage {
  readonly removed: number;
  readonly nextCursor?: string | undefined;
}

function fromCursor(text = ''): { readonly phase: Phase; readonly cursor: string | undefined } {
  const [name, ...rest] = text.split(' ');
  const cursor = rest.join(' ');
  const phase = phases.find((each) => each === name) ?? 'verdicts';
  return { phase, cursor: cursor === '' ? undefined : cursor };
}

/** `undefined` after the last page of the last phase. */
function toCursor(phase: Phase, cursor: string | undefined): string | undefined {
  if (cursor !== undefined) return `${phase} ${cursor}`;
  return phases[phases.indexOf(phase) + 1];
}
