/**
 * What the documentation leaves open and only a live site can settle; each guess has its one place here. (The storage
 * and queue products keep theirs beside them.)
 */
export const Unverified = {
  /** Text of the error that a rejected front-end `invoke` carries: the documentation says only "generic". */
  rejectedInvoke: 'There was an error invoking the function.',
  /** Codes in `forge-proxy-error`. Only NEEDS_AUTHENTICATION_ERR and BLOCKED_EGRESS have been seen. */
  tokenRefused: 'INVALID_PROXY_TOKEN',
  wrongWorkspace: 'INVALID_WORKSPACE_REQUESTED',
  tooManyOutboundRequests: 'EGRESS_RATE_LIMITED',
  outsideUnreachable: 'UPSTREAM_UNREACHABLE',
  /** The exemption from the outbound limit names Jira and Confluence only, so Bitbucket calls are counted. */
  bitbucketCountsAsOutbound: true as boolean,
  /** Whether `installation.contexts[].workspaceId` has braces, as `context.workspaceId` does. */
  installationWorkspaceId: (workspaceUuid: string) => workspaceUuid,
  /** Body of a scheduled trigger in a workspace. */
  scheduleContext: (workspaceUuid: string, moduleKey: string) => ({
    workspaceId: `{${workspaceUuid}}`,
    moduleKey,
  }),
  /** First run of a scheduled trigger after a deployment. */
  firstScheduledRunMs: 5 * 60_000,
  /** First of the growing delays after which the platform repeats an event whose function timed out or crashed. */
  eventRetryDelayMs: 30_000,
  /** What a pull request shows for a merge check that threw, timed out or answered something else. */
  failedMergeCheck: 'The check could not be completed.',
  /** Whether `filter.appIsLicensed` counts an app without a licence record, such as a development install, as licensed. */
  isLicensedWithoutRecord: true as boolean,
} as const;
