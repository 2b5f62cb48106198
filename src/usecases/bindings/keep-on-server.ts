import { bindingOnlyHere, toProjectSubject } from '../../domain/drift';
import type { FindingStore } from '../../domain/ports/stores';
import type { ServerBindingKeeper } from './server-binding';

/**
 * Writes the server's record of a binding. What the server refuses undoes nothing of ours: it is a finding, with the
 * reason, which is the answer; `undefined` when there is nothing to say.
 */
export async function keepOnServer(
  { serverBinding, findings }: KeepOnServerOptions,
  place: Parameters<ServerBindingKeeper['write']>[0],
  workspaceUuid: string,
): Promise<string | undefined> {
  const outcome = await serverBinding.write(place, workspaceUuid);
  const subject = toProjectSubject(place);
  if (outcome.kind !== 'failed') {
    await findings.clear('bindingOnlyHere', subject.id);
    return undefined;
  }
  await findings.report(bindingOnlyHere(subject, outcome.problem));
  return outcome.problem;
}

export interface KeepOnServerOptions {
  readonly serverBinding: ServerBindingKeeper;
  readonly findings: FindingStore;
}
