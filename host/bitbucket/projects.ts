import { nameBasedUuid } from './name-based-uuid';
import { withBraces } from './uuids';

/** A Bitbucket project: every repository of the workspace is in exactly one. */
export interface BitbucketProject {
  readonly key: string;
  /** With braces; stays when the key changes. */
  readonly uuid: string;
  readonly name: string;
}

/** Projects of the workspace; repositories start in the first one. */
export function createProjects(workspaceUuid: string): readonly BitbucketProject[] {
  return [
    {
      key: 'GATE',
      uuid: withBraces(nameBasedUuid(workspaceUuid, 'project')),
      name: 'Gatehouse',
    },
    {
      key: 'TOOLS',
      uuid: withBraces(nameBasedUuid(workspaceUuid, 'project', 'TOOLS')),
      name: 'Tools',
    },
  ];
}

/** The project with this key or braced UUID. @throws Error when there is none. */
export function findProject(
  projects: readonly BitbucketProject[],
  keyOrUuid: string,
): BitbucketProject {
  const found = projects.find(({ key, uuid }) => key === keyOrUuid || uuid === keyOrUuid);
  if (!found) throw new Error(`There is no project ${keyOrUuid} in this workspace.`);
  return found;
}
