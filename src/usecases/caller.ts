/** Who acts: taken from the invocation, never from a payload. */
export interface Caller {
  readonly accountId: string;
  readonly workspaceUuid: string;
}

/** A caller whose right was proven; the role is there where the proof gave it. */
export interface ProvenCaller extends Caller {
  readonly workspaceRole?: 'owner' | 'member' | undefined;
}
