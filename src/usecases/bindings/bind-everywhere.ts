import type { BindingStore, FindingStore } from '../../domain/ports/stores';
import { withoutBraces } from '../../domain/identifiers';
import { bindingOnlyHere, toProjectSubject } from '../../domain/drift';
import type { BindingChange, BindProject, BindProjectInput } from './bind-project';
import type { ServerBindingKeeper } from './server-binding';

export interface BindEverywhereOptions {
  readonly bindings: BindingStore;
  readonly bindProject: BindProject;
  readonly serverBinding: ServerBindingKeeper;
  readonly findings: FindingStore;
}

export type BindEverywhere = (
  input: BindProjectInput & { readonly workspaceUuid: string },
) => Promise<BindingChange & { readonly serverProblem: string | undefined }>;

/**
 * Binds a project here and, where the server keeps such records, there. What the server refuses does not undo ours: it is
 * a finding, with the reason.
 */
export function createBindEverywhere(options: BindEverywhereOptions): BindEverywhere {
  const { bindings, bindProject, serverBinding, findings } = options;
  return async ({ workspaceUuid, ...input }) => {
    const repositoryUuid = withoutBraces(input.repositoryUuid);
    const place = { ...input, repositoryUuid };
    const { before } = await bindProject(place);
    const outcome = await serverBinding.write(place, workspaceUuid);
    const change = { before, after: await bindings.find(repositoryUuid) };
    const subject = toProjectSubject(place);
    if (outcome.kind !== 'failed') {
      await findings.clear('bindingOnlyHere', subject.id);
      return { ...change, serverProblem: undefined };
    }
    await findings.report(bindingOnlyHere(subject, outcome.problem));
    return { ...change, serverProblem: outcome.problem };
  };
}
