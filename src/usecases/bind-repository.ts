import type { Binding, BoundProject } from '../domain/binding';
import { withoutBraces } from '../domain/identifiers';
import type { OpenServer } from '../domain/ports/analysis-server';
import type { BindingStore, ConnectionStore, SecretStore } from '../domain/ports/stores';
import { AppError } from '../errors/app-error';
import { describeRemoteError } from '../errors/describe-remote-error';
import { RemoteError, RemoteForbiddenError } from '../errors/remote-errors';

export interface BindRepositoryInput extends Pick<
  BoundProject,
  'connectionId' | 'projectKey' | 'projectName' | 'pathScope'
> {
  readonly repositoryUuid: string;
  /** Absent keeps what is set; a new binding does not insist. */
  readonly insistOnCommit?: boolean | undefined;
}

export interface BindRepositoryOptions {
  readonly bindings: BindingStore;
  readonly connections: ConnectionStore;
  readonly secrets: SecretStore;
  readonly openServer: OpenServer;
}

export type BindRepository = (input: BindRepositoryInput) => Promise<Binding>;

/**
 * Binds a project to a repository, beside those that it is bound to already. Safe to repeat. The right to do so is the
 * caller's to prove.
 * @throws {AppError} NOT_FOUND without the connection or project, CONFLICT when the project belongs to another
 * repository, UNAVAILABLE when the server does not answer.
 */
export function createBindRepository(options: BindRepositoryOptions): BindRepository {
  const { bindings } = options;
  return async (input) => {
    const { connectionId, projectKey, projectName, pathScope, insistOnCommit } = input;
    const repositoryUuid = withoutBraces(input.repositoryUuid);
    await requireProject(options, input);
    // Two administrators may bind at once, so the store decides to whom the project belongs.
    if (!(await bindings.claimProject({ connectionId, projectKey, repositoryUuid }))) {
      throw new AppError(
        'CONFLICT',
        `The project "${projectKey}" is bound to another repository. Unbind it there first.`,
      );
    }
    const current = await bindings.find(repositoryUuid);
    const others = (current?.projects ?? []).filter(
      (project) => project.connectionId !== connectionId || project.projectKey !== projectKey,
    );
    const project: BoundProject = {
      connectionId,
      projectKey,
      projectName,
      pathScope,
      state: 'bound',
      serverBinding: 'off',
    };
    const binding: Binding = {
      repositoryUuid,
      sequence: (current?.sequence ?? 0) + 1,
      projects: [...others, project],
      insistOnCommit: insistOnCommit ?? current?.insistOnCommit ?? false,
    };
    if (await bindings.save(binding, current?.sequence)) return binding;
    throw new AppError(
      'CONFLICT',
      'Somebody else changed the bindings of this repository at the same moment. Look at them and try again.',
    );
  };
}

async function requireProject(
  { connections, secrets, openServer }: BindRepositoryOptions,
  { connectionId, projectKey }: BindRepositoryInput,
): Promise<void> {
  const [connection, token] = await Promise.all([
    connections.find(connectionId),
    secrets.findToken(connectionId),
  ]);
  if (!connection || token === undefined) {
    throw new AppError('NOT_FOUND', 'There is no such connection. Connect the server first.');
  }
  const server = openServer({ connection, token });
  try {
    if (await hasProject(server, projectKey)) return;
  } catch (cause) {
    if (!(cause instanceof RemoteError)) throw cause;
    throw new AppError('UNAVAILABLE', `The server was not asked. ${describeRemoteError(cause)}`, {
      cause,
    });
  }
  throw new AppError(
    'NOT_FOUND',
    `The server has no project "${projectKey}", or the token may not see it. Check the key.`,
  );
}

/** A token that may only analyse cannot ask for a project, but for its pull requests. */
async function hasProject(server: ReturnType<OpenServer>, projectKey: string): Promise<boolean> {
  try {
    return await server.hasProject(projectKey);
  } catch (error) {
    if (!(error instanceof RemoteForbiddenError)) throw error;
    return (await server.listPullRequests(projectKey)) !== undefined;
  }
}
