/** Identity of a pull request inside the installed workspace. The UUID is without braces, as storage keys need it. */
export interface PullRequestIdentity {
  readonly repositoryUuid: string;
  readonly pullRequestId: number;
}

/** Bitbucket's UUIDs come with braces; keys of the store allow none. */
export function withoutBraces(uuid: string): string {
  return uuid.replace(/^\{|\}$/g, '').toLowerCase();
}

export function withBraces(uuid: string): string {
  return `{${withoutBraces(uuid)}}`;
}

/** Name of the realtime channel that tells open pages that something changed, and never what. */
export function toChannel({ repositoryUuid, pullRequestId }: PullRequestIdentity): string {
  return `verdict-${repositoryUuid}-${pullRequestId}`;
}
