import { withoutBraces } from '../../domain/identifiers';
import type { BindingStore } from '../../domain/ports/stores';
import type { BindingChange, BindProject, BindProjectInput } from './bind-project';
import { keepOnServer, type KeepOnServerOptions } from './keep-on-server';

export interface BindEverywhereOptions extends KeepOnServerOptions {
  readonly bindings: BindingStore;
  readonly bindProject: BindProject;
}

export type BindEverywhere = (
  input: BindProjectInput & { readonly workspaceUuid: string },
) => Promise<BindingChange & { readonly serverProblem: string | undefined }>;

/** Binds a project here and, where the server keeps such records, there. */
export function createBindEverywhere(options: BindEverywhereOptions): BindEverywhere {
  const { bindings, bindProject } = options;
  return async ({ workspaceUuid, ...input }) => {
    const repositoryUuid = withoutBraces(input.repositoryUuid);
    const place = { ...input, repositoryUuid };
    const { before } = await bindProject(place);
    const serverProblem = await keepOnServer(options, place, workspaceUuid);
    return { before, after: await bindings.find(repositoryUuid), serverProblem };
  };
}
