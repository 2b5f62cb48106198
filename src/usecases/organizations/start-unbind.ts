import { AppError } from '../../errors/app-error';
import type { ChangedOperation, ChangeOperation } from '../operations/change-operation';
import type { ListOrganizations } from './list-organizations';

export interface StartUnbindOptions {
  readonly listOrganizations: ListOrganizations;
  readonly changeOperation: ChangeOperation;
}

export type StartUnbind = (input: {
  readonly connectionId: string;
  readonly typedKey: string;
  readonly accountId: string;
  readonly workspaceUuid: string;
}) => Promise<ChangedOperation>;

/** Starts to unbind everything of an organization, then itself. @throws {AppError} INVALID_INPUT for another key, or when it is fixed. */
export function createStartUnbind({
  listOrganizations,
  changeOperation,
}: StartUnbindOptions): StartUnbind {
  return async ({ connectionId, typedKey, accountId, workspaceUuid }) => {
    const bound = await listOrganizations.view({ connectionId, workspaceUuid });
    const { organizationKey, fixedBecause } = bound;
    if (organizationKey === undefined) {
      throw new AppError('NOT_FOUND', 'No organization is bound any more. Reload the page.');
    }
    if (fixedBecause !== undefined) throw new AppError('INVALID_INPUT', fixedBecause);
    if (typedKey.trim() !== organizationKey) {
      throw new AppError(
        'INVALID_INPUT',
        `Nothing was changed. Type "${organizationKey}", the key of the organization, to confirm.`,
      );
    }
    return changeOperation.start({
      kind: 'unbindOrganization',
      connectionId,
      name: organizationKey,
      startedBy: accountId,
    });
  };
}
