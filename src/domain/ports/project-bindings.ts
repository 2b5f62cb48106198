import type { ServerAccess } from '../connection';

/** Which repository a project of a Server belongs to, by the server's own record. */
export interface ServerBinding {
  /** Key of the DevOps platform record. */
  readonly recordKey: string;
  readonly isBitbucketCloud: boolean;
  /** Slug of the repository; Bitbucket Cloud bindings do not name the workspace. */
  readonly repository: string;
  readonly isMonorepo: boolean;
}

/** The bindings that a Server keeps itself. Every operation throws a `RemoteError` when the server cannot tell. */
export interface ProjectBindings {
  /** `undefined` when the project is bound to nothing, or not known. */
  find(projectKey: string): Promise<ServerBinding | undefined>;
  /** Writes it in the place of any other; needs the right to administer the project. */
  write(
    projectKey: string,
    binding: Pick<ServerBinding, 'recordKey' | 'repository' | 'isMonorepo'>,
  ): Promise<void>;
  remove(projectKey: string): Promise<void>;
  /**
   * Projects that are bound, as far as the token sees them, with the slug of each; the first page is 1. Servers before 10.5
   * list none.
   */
  list(page: number): Promise<{
    readonly bindings: readonly { readonly projectKey: string; readonly repository: string }[];
    readonly hasMore: boolean;
  }>;
}

export type OpenProjectBindings = (access: ServerAccess) => ProjectBindings;
