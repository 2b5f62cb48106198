import type { ManualField } from '../../contracts/repository';
import { parseDataCenterAddress } from '../../domain/data-center-address';
import type { BitbucketAsApp } from '../../domain/ports/bitbucket';
import { AppError } from '../../errors/app-error';
import { requireProject, type OpenConnectionOptions } from '../bindings/require-project';
import type { Caller } from '../caller';
import { toAppError } from '../prove-access';

export interface CheckManualOptions extends OpenConnectionOptions {
  readonly bitbucket: BitbucketAsApp;
}

export interface CheckManualInput {
  readonly repositoryUuid: string;
  readonly configurationName: string;
  readonly projectKey: string;
  readonly repositorySlug: string;
}

export interface ManualProblem {
  readonly field: ManualField;
  readonly message: string;
}

export type CheckManual = (
  input: CheckManualInput,
  caller: Caller,
) => Promise<{
  readonly projectKey: string;
  readonly repositorySlug: string;
  readonly connectionId?: string | undefined;
  readonly problems: ManualProblem[];
}>;

/**
 * Judges what a person entered by hand: the name of a connection, the key of its project and the slug of this repository.
 * The address of a repository on Bitbucket Data Center in either field fills both, as people paste it from there.
 * @throws {AppError} UNAVAILABLE when Bitbucket or the server does not answer.
 */
export function createCheckManual(options: CheckManualOptions): CheckManual {
  const { bitbucket, connections } = options;

  async function findProblem(
    connectionId: string,
    projectKey: string,
  ): Promise<string | undefined> {
    try {
      await requireProject(options, { connectionId, projectKey });
      return undefined;
    } catch (error) {
      if (error instanceof AppError && error.code === 'NOT_FOUND') return error.message;
      throw error;
    }
  }

  return async (input, { workspaceUuid }) => {
    const { repositoryUuid } = input;
    const pasted =
      parseDataCenterAddress(input.projectKey) ?? parseDataCenterAddress(input.repositorySlug);
    const { projectKey, repositorySlug } = pasted ?? {
      projectKey: input.projectKey.trim(),
      repositorySlug: input.repositorySlug.trim(),
    };
    const name = input.configurationName.trim().toLowerCase();
    const [known, repository] = await Promise.all([
      connections.list(),
      bitbucket.findRepository({ workspaceUuid, repositoryUuid }).catch((error: unknown) => {
        throw toAppError(error);
      }),
    ]);
    const connection = known.find((each) => each.name.toLowerCase() === name);

    const problems: ManualProblem[] = [];
    if (name === '') {
      problems.push({ field: 'configurationName', message: 'Enter the name of a connection.' });
    } else if (!connection) {
      const names = known.map((each) => `"${each.name}"`).join(', ');
      problems.push({
        field: 'configurationName',
        message:
          names === ''
            ? 'There is no connection yet. Ask a workspace administrator to connect a server.'
            : `There is no connection of this name. There are: ${names}.`,
      });
    }
    if (projectKey === '') {
      problems.push({ field: 'projectKey', message: 'Enter the key of the project.' });
    } else if (connection) {
      const message = await findProblem(connection.connectionId, projectKey);
      if (message !== undefined) problems.push({ field: 'projectKey', message });
    }
    if (repositorySlug === '') {
      problems.push({ field: 'repositorySlug', message: 'Enter the slug of this repository.' });
    } else if (repository && repositorySlug.toLowerCase() !== repository.slug.toLowerCase()) {
      problems.push({
        field: 'repositorySlug',
        message: `The slug of this repository is "${repository.slug}". Enter that, or open the settings of the other repository.`,
      });
    }
    const isRight = problems.length === 0 && connection;
    return {
      projectKey,
      repositorySlug,
      ...(isRight && { connectionId: connection.connectionId }),
      problems,
    };
  };
}
