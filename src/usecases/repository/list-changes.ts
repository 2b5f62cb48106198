import type { AuditEntry } from '../../contracts/audit';
import type { AuditLog } from '../../domain/ports/stores';

export type ListChanges = (input: {
  readonly repositoryUuid: string;
  readonly cursor?: string | undefined;
}) => Promise<{ readonly entries: AuditEntry[]; readonly nextCursor?: string | undefined }>;

const pageSize = 10;

/** Who changed the settings of a repository and when, newest first. */
export function createListChanges({ audit }: { readonly audit: AuditLog }): ListChanges {
  return async ({ repositoryUuid, cursor }) => {
    const { items, nextCursor } = await audit.list(
      { subjectId: repositoryUuid },
      {
        limit: pageSize,
        cursor,
      },
    );
    return { entries: [...items], nextCursor };
  };
}
