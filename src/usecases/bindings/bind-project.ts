import {
  findBound,
  withoutProject,
  withProject,
  type Binding,
  type BoundProject,
  type ImportMark,
  type ProjectAddress,
} from '../../domain/binding';
import { withoutBraces } from '../../domain/identifiers';
import { checkPathScope } from '../../domain/path-scope';
import type { OpenServer } from '../../domain/ports/analysis-server';
import type { Randomness } from '../../domain/ports/randomness';
import type { BindingStore, ConnectionStore, SecretStore } from '../../domain/ports/stores';
import { AppError } from '../../errors/app-error';
import { claimProject } from './claim-project';
import { disconnecting, requireProject } from './require-project';
import { changeBinding } from './save-binding';
import type { UnbindProject } from './unbind-project';

export interface BindProjectInput extends Pick<BoundProject, 'connectionId' | 'projectKey'> {
  readonly repositoryUuid: string;
  /** As typed; absent for the whole repository. */
  readonly pathScope?: string | undefined;
  /** What an import knows and brings: the server has just shown the project, and is not asked again. */
  readonly fromImport?: { readonly projectName: string; readonly mark: ImportMark } | undefined;
}

export interface BindProjectOptions {
  readonly bindings: BindingStore;
  readonly connections: ConnectionStore;
  readonly secrets: SecretStore;
  readonly openServer: OpenServer;
  readonly randomness: Randomness;
  readonly unbindProject: UnbindProject;
}

/** What was bound before and is bound now. */
export interface BindingChange {
  readonly before: Binding | undefined;
  readonly after: Binding | undefined;
}

export type BindProject = (input: BindProjectInput) => Promise<BindingChange>;

/**
 * Binds a project to a repository, beside those that it is bound to already, or gives a bound one another folder. Safe to
 * repeat, also after a crash between any two writes. The right to do so is the caller's to prove.
 * @throws {AppError} NOT_FOUND without the connection or project, CONFLICT when the project belongs to another
 * repository, INVALID_INPUT for a wrong folder, UNAVAILABLE when the server does not answer.
 */
export function createBindProject(options: BindProjectOptions): BindProject {
  const { bindings, connections, unbindProject, randomness } = options;
  /**
   * Whoever disconnects marks the connection and looks for bindings then, and here the mark is looked for after the
   * binding is written: one of the two sees the other.
   */
  async function requireStaying(input: BindProjectInput, repositoryUuid: string): Promise<void> {
    const connection = await connections.find(input.connectionId);
    if (connection?.state === 'active') return;
    await unbindProject({ ...input, repositoryUuid });
    throw disconnecting(connection ?? { name: input.connectionId });
  }

  return async (input) => {
    const { connectionId, projectKey } = input;
    const repositoryUuid = withoutBraces(input.repositoryUuid);
    const scope = checkPathScope(input.pathScope);
    if (!scope.ok) throw new AppError('INVALID_INPUT', scope.problem);
    const name = input.fromImport?.projectName ?? (await requireProject(options, input));
    requireFreeFolder(await bindings.find(repositoryUuid), input, scope.pathScope);

    const claim = { connectionId, projectKey, repositoryUuid, claimId: randomness.uuid() };
    // Two administrators may bind at once, so the store decides to whom the project belongs.
    const isClaimed = await claimProject(bindings, claim);
    const before = await bindings.find(repositoryUuid);
    const known = findBound(before, input);
    const project: BoundProject = {
      connectionId,
      projectKey,
      projectName: name ?? known?.projectName ?? projectKey,
      pathScope: scope.pathScope,
      state: 'bound',
      serverRecord: known?.serverRecord,
      imported: input.fromImport?.mark ?? known?.imported,
    };
    const after = isClaimed
      ? await changeBinding(bindings, repositoryUuid, (current) =>
          withProject(current, repositoryUuid, project),
        )
      : before;
    // See `claimProject`: somebody may have taken the claim over before the record was there. A record without the claim
    // is also what a crash right here left behind.
    if ((await bindings.findClaim(claim))?.repositoryUuid !== repositoryUuid) {
      await changeBinding(bindings, repositoryUuid, (current) =>
        current && findBound(current, input) ? withoutProject(current, input) : undefined,
      );
      throw new AppError(
        'CONFLICT',
        `The project "${projectKey}" is bound to another repository. Unbind it there first.`,
      );
    }
    if (isClaimed) {
      await requireStaying(input, repositoryUuid);
      return { before, after };
    }
    throw new AppError(
      'CONFLICT',
      `Somebody else is binding "${projectKey}" at the same moment. Reload the page and look.`,
    );
  };
}

/** Two projects of one server over the same folder would both judge the same lines. */
function requireFreeFolder(
  binding: Binding | undefined,
  address: ProjectAddress,
  pathScope: string | undefined,
): void {
  const other = binding?.projects.find(
    (each) =>
      each.state === 'bound' &&
      each.connectionId === address.connectionId &&
      each.projectKey !== address.projectKey &&
      each.pathScope === pathScope,
  );
  if (!other || pathScope === undefined) return;
  throw new AppError(
    'INVALID_INPUT',
    `The folder "${pathScope}" is covered by "${other.projectName}" already. Choose another folder, or unbind that project first.`,
  );
}
