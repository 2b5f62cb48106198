import type { Membership, RepositoryFacts } from '../domain/ports/bitbucket';

/** Who acts: taken from the invocation, never from a payload. */
export interface Caller {
  readonly accountId: string;
  readonly workspaceUuid: string;
}

/** A caller after the proof that a procedure asks for. */
export interface ProvenCaller extends Caller {
  /** Known where the workspace was asked about. */
  readonly membership?: Membership | undefined;
  /** Known where the caller proved to read it. */
  readonly repository?: RepositoryFacts | undefined;
}
