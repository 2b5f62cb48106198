/**
 * The record of a binding on the server: `off` when a setting forbids it, `notOffered` by the edition, `missing` while it
 * is still to be written, `written` when it was read back.
 */
export type ServerBindingState = 'off' | 'notOffered' | 'missing' | 'written';

/** One project that a repository is bound to. Each state is recorded before its step is done, so that a crash is seen. */
export interface BoundProject {
  readonly connectionId: string;
  readonly projectKey: string;
  readonly projectName: string;
  /** Folder of a monorepo that the project covers, without slashes at its ends; absent for the whole repository. */
  readonly pathScope?: string | undefined;
  readonly state: 'binding' | 'bound' | 'unbinding';
  readonly serverBinding: ServerBindingState;
}

/** What a repository is bound to; a monorepo has several projects. UUIDs are without braces. */
export interface Binding {
  readonly repositoryUuid: string;
  /** Counts the writes of the record; a write names the one it was made on. */
  readonly sequence: number;
  readonly projects: readonly BoundProject[];
  /** An analysis without a reported commit never counts for the head, however new it is. */
  readonly insistOnCommit: boolean;
}

/** A project as one repository's own: the record behind a claim. */
export interface ProjectClaim {
  readonly connectionId: string;
  readonly projectKey: string;
  readonly repositoryUuid: string;
}

/** The projects whose verdicts count: those that are not on their way out. */
export function activeProjects(binding: Binding | undefined): readonly BoundProject[] {
  return (binding?.projects ?? []).filter(({ state }) => state !== 'unbinding');
}
