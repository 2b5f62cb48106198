import type { NewCode } from '../../contracts/imports';
import type { ServerAccess } from '../connection';

export interface ExistingProject {
  readonly projectKey: string;
  readonly name: string;
  readonly visibility?: 'public' | 'private' | undefined;
}

export interface ProjectInput {
  readonly projectKey: string;
  readonly name: string;
  readonly visibility: 'public' | 'private';
  /** Absent for an empty repository: the server's own default. */
  readonly mainBranch?: string | undefined;
  readonly newCode: NewCode;
}

/**
 * Making projects on one server. Every operation throws a `RemoteError`; after one that came without an answer the
 * outcome of a write is not known.
 */
export interface Projects {
  /** Those of at most 100 keys that exist; `undefined` when the token may not list them. */
  findExisting(projectKeys: readonly string[]): Promise<readonly ExistingProject[] | undefined>;
  /** `undefined` when there is none, or the token may not see it. */
  find(projectKey: string): Promise<ExistingProject | undefined>;
  /** `exists`: the key is taken, and nothing was made. `problem`: what of the wishes was left out, in a sentence. */
  create(
    input: ProjectInput,
  ): Promise<{ readonly outcome: 'created' | 'exists'; readonly problem?: string | undefined }>;
  /** Shows the project only to those with a right to it; needs the right to administer it. Safe to repeat. */
  makePrivate(projectKey: string): Promise<void>;
}

export type OpenProjects = (access: ServerAccess) => Projects;
