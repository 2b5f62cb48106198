import type { Organization } from '../../contracts/organizations';
import { findFixedReason, findRefusal, toPlatform } from '../../domain/organization';
import type { OpenServer } from '../../domain/ports/analysis-server';
import type { BitbucketAsApp } from '../../domain/ports/bitbucket';
import type { ListedOrganization } from '../../domain/ports/organizations';
import type { OutputOf } from '../../contracts/procedures';
import {
  asking,
  openCloud,
  type OpenedOrganizations,
  type OpenOrganizationsOptions,
} from './open-organizations';

export interface ListOrganizationsOptions extends OpenOrganizationsOptions {
  readonly bitbucket: BitbucketAsApp;
  readonly openServer: OpenServer;
}

interface Input {
  readonly connectionId: string;
  readonly workspaceUuid: string;
}

export interface ListOrganizations {
  view(input: Input): Promise<OutputOf<'organization.view'>>;
  list(input: Input & { readonly page: number }): Promise<OutputOf<'organization.list'>>;
  /** One organization with what stands in the way; `undefined` when there is none. */
  judge(
    opened: OpenedOrganizations,
    key: string,
    workspaceUuid: string,
  ): Promise<Organization | undefined>;
}

const pageSize = 10;

/** The organizations of a Cloud connection, and whether the workspace can be bound to each. */
export function createListOrganizations(options: ListOrganizationsOptions): ListOrganizations {
  const { bitbucket, connections, openServer } = options;

  async function toOrganization(
    { organizations, connection }: OpenedOrganizations,
    { key, name, isAdmin }: ListedOrganization,
    slug: string,
  ): Promise<Organization> {
    const [url, all] = await Promise.all([organizations.findPlatformUrl(key), connections.list()]);
    const platform = url === undefined ? undefined : toPlatform(url, slug);
    const usedBy = all.find(
      (each) =>
        each.url === connection.url &&
        each.organizationKey === key &&
        each.connectionId !== connection.connectionId,
    )?.name;
    const refusal = findRefusal({ key, isAdmin, platform, usedBy });
    return { key, name, ...(platform && { platform }), ...(refusal && { refusal }) };
  }

  return {
    view: ({ connectionId, workspaceUuid }) =>
      asking(async () => {
        const { connection, access, organizations } = await openCloud(options, connectionId);
        const { organizationKey, organizationBound } = connection;
        const [account, workspace, url] = await Promise.all([
          openServer(access).findAccount(),
          bitbucket.readWorkspace(workspaceUuid),
          organizationKey === undefined
            ? undefined
            : organizations.findPlatformUrl(organizationKey),
        ]);
        const platform = url === undefined ? undefined : toPlatform(url, workspace.slug);
        const fixedBecause = findFixedReason(platform);
        return {
          ...(account && { actsAs: account.name }),
          ...(organizationKey !== undefined && { organizationKey }),
          ...(organizationBound && {
            boundAt: organizationBound.at,
            boundBy: organizationBound.by,
          }),
          ...(platform && { platform }),
          ...(fixedBecause !== undefined && { fixedBecause }),
        };
      }),

    list: ({ connectionId, workspaceUuid, page }) =>
      asking(async () => {
        const opened = await openCloud(options, connectionId);
        const [listed, { slug }] = await Promise.all([
          opened.organizations.listOwn(page, pageSize),
          bitbucket.readWorkspace(workspaceUuid),
        ]);
        const organizations = await Promise.all(
          listed.map((each) => toOrganization(opened, each, slug)),
        );
        return { organizations, hasMore: listed.length === pageSize };
      }),

    async judge(opened, key, workspaceUuid) {
      const [found, { slug }] = await Promise.all([
        opened.organizations.find(key),
        bitbucket.readWorkspace(workspaceUuid),
      ]);
      return found && toOrganization(opened, found, slug);
    },
  };
}
