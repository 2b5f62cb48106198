import { findBound, type ProjectClaim } from '../../domain/binding';
import type { BindingStore } from '../../domain/ports/stores';

/**
 * Claims a project for a repository. A claim whose repository has no record of it is what an interrupted bind or unbind
 * left behind, and is taken over: our own leftovers never refuse anybody. False when the project belongs to another
 * repository, or others claim it at the same moment.
 *
 * The other repository may be binding at this very moment. Who binds looks at the claim after its record is written
 * (`bindProject`), and who takes a claim over looks at the other record once more after that: whichever comes first is
 * seen by the second.
 */
export async function claimProject(bindings: BindingStore, claim: ProjectClaim): Promise<boolean> {
  const current = await bindings.findClaim(claim);
  if (!current) return bindings.addClaim(claim);
  const { repositoryUuid: owner, claimId } = current;
  if (owner === claim.repositoryUuid) return bindings.replaceClaim(claim, claimId);
  if (findBound(await bindings.find(owner), claim)) return false;
  if (!(await bindings.replaceClaim(claim, claimId))) return false;
  if (!findBound(await bindings.find(owner), claim)) return true;
  await bindings.replaceClaim(current, claim.claimId);
  return false;
}
