import type { organizationProcedures } from '../contracts/organizations';
import { toFieldChanges } from '../domain/change';
import { toOperationView } from '../domain/operation';
import type { Clock } from '../domain/ports/clock';
import type { PreviewDisconnect } from '../usecases/connections/preview-disconnect';
import { toConnectionView } from '../usecases/connections/to-connection-view';
import type { BindOrganization } from '../usecases/organizations/bind-organization';
import type { CreateOrganization } from '../usecases/organizations/create-organization';
import type { ManageDrafts } from '../usecases/organizations/manage-drafts';
import type { ListOrganizations } from '../usecases/organizations/list-organizations';
import type { StartUnbind } from '../usecases/organizations/start-unbind';
import type { Implementations } from './procedure-resolver';

export interface OrganizationProceduresOptions {
  readonly clock: Clock;
  readonly listOrganizations: ListOrganizations;
  readonly bindOrganization: BindOrganization;
  readonly createOrganization: CreateOrganization;
  readonly previewDisconnect: PreviewDisconnect;
  readonly startUnbind: StartUnbind;
  readonly manageDrafts: ManageDrafts;
}

/** The procedures about organizations of SonarQube Cloud. */
export function createOrganizationProcedures(
  options: OrganizationProceduresOptions,
): Implementations<keyof typeof organizationProcedures> {
  const { listOrganizations, createOrganization, clock } = options;
  return {
    'organization.view': ({ connectionId }, { workspaceUuid }) =>
      listOrganizations.view({ connectionId, workspaceUuid }),
    'organization.list': (input, { workspaceUuid }) =>
      listOrganizations.list({ ...input, workspaceUuid }),
    'organization.suggest': (_, { workspaceUuid }) => createOrganization.suggest(workspaceUuid),
    'organization.checkKey': (input) => createOrganization.checkKey(input),
    async 'organization.create'(input) {
      const { name } = await createOrganization.create(input);
      const { connectionId, organizationKey, ...facts } = input;
      const subject = { kind: 'connection', id: connectionId, name } as const;
      const changes = toFieldChanges({}, { 'new organization': organizationKey, ...facts });
      return { output: {}, change: { subject, changes } };
    },
    async 'organization.lostAdministrator'(input, { workspaceUuid }) {
      const { people, message } = await createOrganization.lostAdministrator({
        ...input,
        workspaceUuid,
      });
      return { people: [...people], message };
    },
    'organization.draft': async ({ connectionId }, caller) =>
      (await options.manageDrafts.find(connectionId, caller)) ?? {},
    async 'organization.keepDraft'({ connectionId, draft }, caller) {
      await options.manageDrafts.keep(connectionId, draft, caller);
      return {};
    },
    async 'organization.bind'(input, { accountId, workspaceUuid }) {
      const { before, after } = await options.bindOrganization({
        ...input,
        accountId,
        workspaceUuid,
      });
      const subject = { kind: 'connection', id: after.connectionId, name: after.name } as const;
      const changes = toFieldChanges(
        { organization: before.organizationKey },
        { organization: after.organizationKey },
      );
      return {
        output: { connection: toConnectionView(after, clock.nowMs()) },
        change: changes.length === 0 ? undefined : { subject, changes },
      };
    },
    'organization.previewUnbind': ({ connectionId }, { workspaceUuid }) =>
      options.previewDisconnect({ connectionId, workspaceUuid }),
    async 'organization.unbind'(input, { accountId, workspaceUuid }) {
      const { before, after } = await options.startUnbind({ ...input, accountId, workspaceUuid });
      const subject = { kind: 'connection', id: input.connectionId, name: after.name } as const;
      const changes = [{ field: 'organization', before: after.name, after: 'being unbound' }];
      return {
        output: { operation: toOperationView(after) },
        change: before?.sequence === after.sequence ? undefined : { subject, changes },
      };
    },
  };
}
