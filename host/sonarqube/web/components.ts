import type { Project } from '../state/projects';
import type { StoredIssue } from '../state/issues';

/** The key of a file of a project, as issues name it. */
export function componentKey({
  projectKey,
  path,
}: Pick<StoredIssue, 'projectKey' | 'path'>): string {
  return `${projectKey}:${path}`;
}

interface Component {
  readonly key: string;
  readonly enabled?: boolean;
  readonly qualifier: string;
  readonly name: string;
  readonly longName: string;
  readonly path?: string;
  readonly pullRequest?: string;
}

/** The components that issues or hotspots of one page lie in: the project, and each file once. */
export function listComponents(
  issues: readonly StoredIssue[],
  findProject: (key: string) => Project | undefined,
  { withEnabled }: { readonly withEnabled: boolean },
): readonly Component[] {
  const components = new Map<string, Component>();
  const enabled = withEnabled ? { enabled: true } : {};
  for (const issue of issues) {
    const { projectKey, path, pullRequestKey: pullRequest } = issue;
    const { name } = findProject(projectKey) ?? { name: projectKey };
    components.set(projectKey, {
      key: projectKey,
      ...enabled,
      qualifier: 'TRK',
      name,
      longName: name,
      pullRequest,
    });
    const key = componentKey(issue);
    components.set(key, {
      key,
      ...enabled,
      qualifier: 'FIL',
      name: path.slice(path.lastIndexOf('/') + 1),
      longName: path,
      path,
      pullRequest,
    });
  }
  return [...components.values()];
}
