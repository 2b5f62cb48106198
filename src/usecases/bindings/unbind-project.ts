import {
  findBound,
  toActive,
  withoutProject,
  withProject,
  type ProjectAddress,
  type ProjectClaim,
} from '../../domain/binding';
import { withoutBraces } from '../../domain/identifiers';
import type { BranchStore } from '../../domain/ports/branches';
import type { JobQueue } from '../../domain/ports/messaging';
import type { BindingStore } from '../../domain/ports/stores';
import { forgetPullRequest, type ForgetPullRequestOptions } from '../forget-pull-request';
import type { BindingChange } from './bind-project';
import { changeBinding } from './save-binding';

export interface UnbindProjectOptions extends ForgetPullRequestOptions {
  readonly bindings: BindingStore;
  readonly branches: BranchStore;
  readonly queue: JobQueue;
}

export type UnbindProject = (
  input: ProjectAddress & { readonly repositoryUuid: string },
) => Promise<BindingChange>;

const pageSize = 25;

/**
 * Unbinds a project from a repository. That it is on its way out is recorded first, so that no page shows its verdicts
 * any more; then what was stored of it goes, then the record, then the claim. A call after a crash at any point goes on
 * from there, and one for a project that is not bound changes nothing. The right to do so is the caller's to prove.
 */
export function createUnbindProject(options: UnbindProjectOptions): UnbindProject {
  const { bindings, branches, verdicts, publications, queue } = options;
  /**
   * Has what was written for the project taken back, and forgets the verdicts when no other project is left; with another
   * one the next view decides without this one.
   */
  async function forgetVerdicts(
    repositoryUuid: string,
    { connectionId, projectKey }: ProjectAddress,
    isLast: boolean,
  ): Promise<void> {
    const project = { connectionId, projectKey };
    let cursor: string | undefined;
    do {
      const page = await verdicts.listByRepository(repositoryUuid, { limit: pageSize, cursor });
      for (const { pullRequestId } of page.items) {
        const identity = { repositoryUuid, pullRequestId };
        if (await publications.find(identity, project)) {
          await queue.push({ kind: 'withdraw', ...identity, ...project });
        }
        if (isLast) await forgetPullRequest(options, identity, { keepsPublications: true });
      }
      cursor = page.nextCursor;
    } while (cursor !== undefined);
  }

  /**
   * Gives the claim back, unless the project is bound again by now. A bind at this very moment looks at its claim after
   * its record is written, and here the record is looked at after the claim is gone: one of the two sees the other.
   */
  async function release(claim: ProjectClaim): Promise<void> {
    const { repositoryUuid } = claim;
    if (findBound(await bindings.find(repositoryUuid), claim)) return;
    await bindings.removeClaim(claim);
    if (!findBound(await bindings.find(repositoryUuid), claim)) return;
    if (await bindings.addClaim(claim)) return;
    if ((await bindings.findClaim(claim))?.repositoryUuid === repositoryUuid) return;
    await changeBinding(bindings, repositoryUuid, (current) =>
      current && findBound(current, claim) ? withoutProject(current, claim) : undefined,
    );
  }

  return async (input) => {
    const repositoryUuid = withoutBraces(input.repositoryUuid);
    const before = await bindings.find(repositoryUuid);
    const marked = await changeBinding(bindings, repositoryUuid, (current) => {
      const project = findBound(current, input);
      if (!project || project.state === 'unbinding') return undefined;
      return withProject(current, repositoryUuid, { ...project, state: 'unbinding' });
    });
    // Read after the mark: a bind that comes later has another claim, which is not ours to take away.
    const claim = await bindings.findClaim(input);
    if (findBound(marked, input)) {
      await forgetVerdicts(repositoryUuid, input, !toActive(marked));
      await branches.remove(input);
      await changeBinding(bindings, repositoryUuid, (current) =>
        findBound(current, input)?.state === 'unbinding' && current
          ? withoutProject(current, input)
          : undefined,
      );
    }
    if (claim?.repositoryUuid === repositoryUuid) await release(claim);
    const after = await bindings.find(repositoryUuid);
    return { before, after };
  };
}
