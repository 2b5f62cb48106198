export interface ServerRecord {
  /** Slugs that the server's record may name: after a rename whose writing was interrupted, the old and the new one. */
  readonly slugs: readonly string[];
  readonly isWritten: boolean;
}

/** One project that a repository is bound to; `unbinding` is recorded before anything is taken away, so that a crash is seen. */
export interface BoundProject {
  readonly connectionId: string;
  readonly projectKey: string;
  readonly projectName: string;
  /** Folder of a monorepo that the project covers, without slashes at its ends; absent for the whole repository. */
  readonly pathScope?: string | undefined;
  readonly state: 'bound' | 'unbinding';
  /** The record that the app wrote on the server itself, or was about to; absent when it wrote none. */
  readonly serverRecord?: ServerRecord | undefined;
  /** By which import it came; absent for what a person bound. */
  readonly imported?: ImportMark | undefined;
}

/** That an import brought something: which one, when (ISO 8601) and who started it (account id). */
export interface ImportMark {
  readonly runId: string;
  readonly at: string;
  readonly by: string;
}

/** What a repository is bound to; a monorepo has several projects. UUIDs are without braces. */
export interface Binding {
  readonly repositoryUuid: string;
  /** Counts the writes of the record; a write names the one it was made on. */
  readonly sequence: number;
  readonly projects: readonly BoundProject[];
}

/** A project as one repository's own. */
export interface ProjectClaim {
  readonly connectionId: string;
  readonly projectKey: string;
  readonly repositoryUuid: string;
  /** New with every bind, so that what an earlier unbind still takes away is never the claim of a later bind. */
  readonly claimId: string;
  /** The repository that the claim was taken over from, which is to be looked at once more. */
  readonly takenFrom?: string | undefined;
}

/** The part of a binding whose verdicts count; `undefined` when no project is left that is not on its way out. */
export function toActive(binding: Binding | undefined): Binding | undefined {
  const projects = (binding?.projects ?? []).filter(({ state }) => state !== 'unbinding');
  return binding && projects.length > 0 ? { ...binding, projects } : undefined;
}

export type ProjectAddress = Pick<BoundProject, 'connectionId' | 'projectKey'>;

/** The project of a binding with this address, whatever its state. */
export function findBound(
  binding: Binding | undefined,
  { connectionId, projectKey }: ProjectAddress,
): BoundProject | undefined {
  return binding?.projects.find(
    (each) => each.connectionId === connectionId && each.projectKey === projectKey,
  );
}

/** The binding after one more write, with this project in place of what was there, or added at the end. */
export function withProject(
  current: Binding | undefined,
  repositoryUuid: string,
  project: BoundProject,
): Binding {
  const projects = current?.projects ?? [];
  return {
    repositoryUuid,
    sequence: (current?.sequence ?? 0) + 1,
    projects: findBound(current, project)
      ? projects.map((each) => (isSame(each, project) ? project : each))
      : [...projects, project],
  };
}

/** The binding after one more write, without this project. */
export function withoutProject(current: Binding, address: ProjectAddress): Binding {
  return {
    ...current,
    sequence: current.sequence + 1,
    projects: current.projects.filter((each) => !isSame(each, address)),
  };
}

function isSame(one: ProjectAddress, other: ProjectAddress): boolean {
  return one.connectionId === other.connectionId && one.projectKey === other.projectKey;
}
