import { findBound } from '../../domain/binding';
import { bindingOnlyOnServer, driftCodes, toProjectSubject } from '../../domain/drift';
import { withoutBraces } from '../../domain/identifiers';
import type { BindingStore, FindingStore } from '../../domain/ports/stores';
import type { ServerBindingKeeper } from './server-binding';
import type { UnbindProject } from './unbind-project';

export interface UnbindEverywhereOptions {
  readonly bindings: BindingStore;
  readonly findings: FindingStore;
  readonly serverBinding: ServerBindingKeeper;
  readonly unbindProject: UnbindProject;
}

/**
 * Unbinds a project there and here. The server's record goes first, as ours knows of it; one that stays there does not
 * keep ours from going, and is a finding that names it.
 */
export function createUnbindEverywhere(options: UnbindEverywhereOptions): UnbindProject {
  const { bindings, findings, serverBinding, unbindProject } = options;
  return async (input) => {
    const place = { ...input, repositoryUuid: withoutBraces(input.repositoryUuid) };
    const project = findBound(await bindings.find(place.repositoryUuid), place);
    const isGone = project ? await serverBinding.remove(place, project) : true;
    const change = await unbindProject(place);
    const subject = toProjectSubject(place);
    if (project) for (const code of driftCodes) await findings.clear(code, subject.id);
    if (!isGone) await findings.report(bindingOnlyOnServer(subject));
    return change;
  };
}
