import type { ServerAccess } from '../connection';

/** How a server reaches Bitbucket: one record on the server, with its credentials. */
export type DevOpsPlatformInput =
  | {
      readonly kind: 'bitbucket-cloud';
      readonly key: string;
      readonly workspace: string;
      readonly clientId: string;
      /** Absent in an update keeps the stored one. */
      readonly clientSecret?: string | undefined;
    }
  | {
      readonly kind: 'bitbucket-data-center';
      readonly key: string;
      readonly url: string;
      /** Absent in an update keeps the stored one, which the server allows as long as the address stays. */
      readonly personalAccessToken?: string | undefined;
    };

/** A record as the server lists it: credentials never come back. */
export type DevOpsPlatform =
  | {
      readonly kind: 'bitbucket-cloud';
      readonly key: string;
      readonly workspace: string;
      readonly clientId: string;
    }
  | { readonly kind: 'bitbucket-data-center'; readonly key: string; readonly url: string };

/**
 * The DevOps platform records of one Server, which only its administrators may see. Every operation throws a
 * `RemoteError`: `RemoteRejectedError` for what the server refuses, such as a second record of one platform.
 */
export interface DevOpsPlatforms {
  list(): Promise<readonly DevOpsPlatform[]>;
  create(input: DevOpsPlatformInput): Promise<void>;
  update(key: string, input: DevOpsPlatformInput): Promise<void>;
  /**
   * What the server found wrong when it tried the record, in its own words; empty when it works. A server that cannot
   * reach Bitbucket refuses the question itself.
   */
  validate(key: string): Promise<readonly string[]>;
  /** How many projects are bound through the record. */
  countBindings(key: string): Promise<number>;
  delete(key: string): Promise<void>;
}

export type OpenDevOpsPlatforms = (access: ServerAccess) => DevOpsPlatforms;
