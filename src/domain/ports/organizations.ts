import type { ServerAccess } from '../connection';
import type { OrganizationExtras } from '../organization';

export interface ListedOrganization {
  readonly key: string;
  readonly name: string;
  /** Whether the token's account administers it. */
  readonly isAdmin: boolean;
}

/** The organizations of SonarQube Cloud. Every operation throws a `RemoteError` when Cloud cannot tell. */
export interface Organizations {
  /** Those that the token's account belongs to; the first page is 1. */
  listOwn(page: number, pageSize: number): Promise<readonly ListedOrganization[]>;
  /** Whoever it belongs to; `undefined` when there is none. */
  find(key: string): Promise<ListedOrganization | undefined>;
  /** Address of the workspace or group that it is bound to; `undefined` while it is bound to none, or for strangers. */
  findPlatformUrl(key: string): Promise<string | undefined>;
  /** Names of some members; empty for who may not see them. */
  listMembers(key: string): Promise<readonly string[]>;
  /** Cloud's own pages make organizations with this call, which is not published. */
  create(
    input: OrganizationExtras & { readonly key: string; readonly name: string },
  ): Promise<void>;
}

export type OpenOrganizations = (access: ServerAccess) => Organizations;
