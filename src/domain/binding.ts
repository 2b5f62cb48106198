/** One project that a repository is bound to. */
export interface BoundProject {
  readonly connectionId: string;
  readonly projectKey: string;
  readonly projectName: string;
}

/** What a repository is bound to; a monorepo has several projects. UUIDs are without braces. */
export interface Binding {
  readonly repositoryUuid: string;
  readonly projects: readonly BoundProject[];
  /** An analysis without a reported commit never counts for the head, however new it is. */
  readonly insistOnCommit: boolean;
}
