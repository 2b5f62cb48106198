/** Who acts: taken from the invocation, never from a payload. */
export interface Caller {
  readonly accountId: string;
  readonly workspaceUuid: string;
}
