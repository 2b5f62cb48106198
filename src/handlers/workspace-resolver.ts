import type { workspacePageProcedures } from '../contracts/procedures';
import { toOperationView } from '../domain/operation';
import type { ListAudit } from '../usecases/workspace/list-audit';
import type { ViewWorkspace } from '../usecases/workspace/view-workspace';
import type { ChangedOperation, ChangeOperation } from '../usecases/operations/change-operation';
import {
  createConnectionProcedures,
  type ConnectionProceduresOptions,
} from './connection-procedures';
import {
  createDevOpsPlatformProcedures,
  type DevOpsPlatformProceduresOptions,
} from './devops-platform-procedures';
import { createHealthProcedures, type HealthProceduresOptions } from './health-procedures';
import { createImportProcedures, type ImportProceduresOptions } from './import-procedures';
import {
  createOrganizationProcedures,
  type OrganizationProceduresOptions,
} from './organization-procedures';
import { createProcedureResolver, type ProcedureResolverOptions } from './procedure-resolver';
import { createSettingsProcedures, type SettingsProceduresOptions } from './settings-procedures';

export interface WorkspaceResolverOptions
  extends
    ProcedureResolverOptions,
    ConnectionProceduresOptions,
    OrganizationProceduresOptions,
    DevOpsPlatformProceduresOptions,
    HealthProceduresOptions,
    ImportProceduresOptions,
    SettingsProceduresOptions {
  readonly viewWorkspace: ViewWorkspace;
  readonly changeOperation: ChangeOperation;
  readonly listAudit: ListAudit;
}

/** The procedures of the workspace settings page. */
export function createWorkspaceResolver(options: WorkspaceResolverOptions) {
  const { viewWorkspace, changeOperation, listAudit } = options;
  return createProcedureResolver<keyof typeof workspacePageProcedures>(
    {
      'workspace.overview': (_, caller) => viewWorkspace(caller),
      async 'workspace.forgetDrafts'(_, caller) {
        await options.manageDrafts.forgetAll(caller);
        return {};
      },
      ...createConnectionProcedures(options),
      ...createOrganizationProcedures(options),
      ...createDevOpsPlatformProcedures(options),
      ...createHealthProcedures(options),
      ...createImportProcedures(options),
      ...createSettingsProcedures(options),
      'operation.view': ({ operationId }) => changeOperation.view(operationId),
      'operation.cancel': async ({ operationId }) =>
        toWritten(await changeOperation.cancel(operationId)),
      'operation.resume': async ({ operationId }) =>
        toWritten(await changeOperation.resume(operationId)),
      async 'audit.list'({ filter, cursor }) {
        const { items, nextCursor } = await listAudit.list(filter, cursor);
        return { entries: [...items], ...(nextCursor !== undefined && { nextCursor }) };
      },
      async 'audit.export'({ format, filter, cursor }) {
        const { text, nextCursor } = await listAudit.exportPart(format, filter, cursor);
        return { text, ...(nextCursor !== undefined && { nextCursor }) };
      },
    },
    options,
  );
}

function toWritten({ before, after }: ChangedOperation) {
  const subject = { kind: 'operation', id: after.operationId, name: after.name } as const;
  const isChanged = before?.state !== after.state;
  return {
    output: toOperationView(after),
    change: isChanged
      ? {
          subject,
          changes: [
            { field: 'state', ...(before && { before: before.state }), after: after.state },
          ],
        }
      : undefined,
  };
}
