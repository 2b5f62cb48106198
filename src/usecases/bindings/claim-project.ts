import { findBound, type ProjectClaim } from '../../domain/binding';
import type { BindingStore } from '../../domain/ports/stores';

/**
 * Claims a project for a repository. A claim whose repository has no record of it is what an interrupted bind or unbind
 * left behind, and is taken over: our own leftovers never refuse anybody. False when the project belongs to another
 * repository, or others claim it at the same moment.
 *
 * The other repository may be binding at this very moment. Who binds looks at the claim after its record is written
 * (`bindProject`), and who takes a claim over looks at the other record once more after that: whichever comes first is
 * seen by the second. From whom a claim was taken stays in it, so that a crash before that second look is made good by
 * whoever comes next.
 */
export async function claimProject(bindings: BindingStore, claim: ProjectClaim): Promise<boolean> {
  async function isBound(repositoryUuid: string | undefined): Promise<boolean> {
    if (repositoryUuid === undefined || repositoryUuid === claim.repositoryUuid) return false;
    return findBound(await bindings.find(repositoryUuid), claim) !== undefined;
  }

  const current = await bindings.findClaim(claim);
  if (!current) return bindings.addClaim(claim);
  const { repositoryUuid: owner, claimId, takenFrom } = current;
  if (await isBound(owner)) return false;
  const isOwn = owner === claim.repositoryUuid;
  const robbed = (await isBound(takenFrom)) || isOwn ? takenFrom : owner;
  const taken = { ...claim, takenFrom: robbed };
  if (!(await bindings.replaceClaim(taken, claimId))) return false;
  if (robbed === undefined || !(await isBound(robbed))) return true;
  await bindings.replaceClaim({ ...claim, repositoryUuid: robbed }, claim.claimId);
  return false;
}
