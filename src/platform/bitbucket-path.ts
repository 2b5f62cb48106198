import { withBraces } from '../domain/identifiers';
import type { RepositoryAddress } from '../domain/ports/bitbucket';

/** A UUID with its braces percent-encoded, as Bitbucket asks for: `route` passes path values on as they are. */
export function toPathSegment(uuid: string): string {
  return encodeURIComponent(withBraces(uuid));
}

/** Workspace and repository as segments of a path. */
export function placeOf({
  workspaceUuid,
  repositoryUuid,
}: RepositoryAddress): readonly [workspace: string, repository: string] {
  return [toPathSegment(workspaceUuid), toPathSegment(repositoryUuid)];
}
