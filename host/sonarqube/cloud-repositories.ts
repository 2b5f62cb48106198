import type { BoundPlatform, BoundRepository } from './seeds';
import type { Organization } from './state/organizations';
import type { SonarQubeOptions } from './types';

/** Address of a workspace on its platform. */
export function workspaceUrl(platform: BoundPlatform, workspace: string): string {
  const base = {
    bitbucket: 'https://bitbucket.org',
    github: 'https://github.com',
    gitlab: 'https://gitlab.com',
    azure: 'https://dev.azure.com',
  };
  return `${base[platform]}/${workspace}`;
}

/** What the platform of an organization lists to it; `undefined` where it cannot be reached or is not bound. */
export function listRepositories(
  { binding }: Organization,
  repositoriesOf: NonNullable<SonarQubeOptions['repositoriesOf']>,
): readonly BoundRepository[] | undefined {
  if (binding?.isReachable === false) return undefined;
  return binding && (binding.repositories ?? repositoriesOf(binding.platform, binding.workspace));
}
