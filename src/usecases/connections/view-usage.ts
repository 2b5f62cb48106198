import type { ConnectionUsage } from '../../contracts/connections';
import type { ReadUsage } from '../../domain/ports/server-facts';
import { describeRemoteError } from '../../errors/describe-remote-error';
import { AppError } from '../../errors/app-error';
import { RemoteError } from '../../errors/remote-errors';
import { findAccess, type FindAccessOptions } from './find-access';

export interface ViewUsageOptions extends FindAccessOptions {
  readonly readUsage: ReadUsage;
}

export type ViewUsage = (connectionId: string) => Promise<ConnectionUsage>;

/**
 * Plan and lines of code of a connection, as far as the server reports them; what it does not report is absent, which is
 * not 0. @throws {AppError} NOT_FOUND without the connection, UNAVAILABLE when the server does not answer.
 */
export function createViewUsage(options: ViewUsageOptions): ViewUsage {
  return async (connectionId) => {
    const access = await findAccess(options, connectionId);
    if (!access) {
      throw new AppError('NOT_FOUND', 'There is no such connection any more. Reload the page.');
    }
    const { edition } = access.connection;
    const usage = await options.readUsage(access).catch((error: unknown) => {
      if (!(error instanceof RemoteError)) throw error;
      throw new AppError('UNAVAILABLE', `The server was not asked. ${describeRemoteError(error)}`, {
        cause: error,
      });
    });
    return {
      ...(edition !== undefined && { plan: `${edition} edition` }),
      ...(usage && { lines: usage.lines }),
      ...(usage?.limit !== undefined && { limit: usage.limit }),
    };
  };
}
