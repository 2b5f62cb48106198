/** The organization of SonarQube Cloud that the workspace is bound to; at most one. */
export interface WorkspaceBinding {
  readonly sequence: number;
  readonly workspaceUuid: string;
  readonly connectionId: string;
  readonly organizationKey: string;
  readonly region: 'eu' | 'us';
  readonly state: 'bound' | 'unbinding';
  /** ISO 8601. */
  readonly boundAt: string;
  /** Account id. */
  readonly boundBy: string;
}
