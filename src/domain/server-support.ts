import type { Connection, ServerKind } from './connection';

/** The oldest release that works: the long-term one that still gets questions (sonarqube.md 1). */
export const oldestVersion = '9.9';

/** Whether a Server of this version can be connected. Later series count from 10, 24 and 2025 on. */
export function isSupportedVersion(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 9 || (major === 9 && minor >= 9);
}

/** What can be done with a server of this kind and edition (sonarqube.md 1 and 12). */
export function toCapabilities(
  kind: ServerKind,
  hasPullRequests: boolean,
): Connection['capabilities'] {
  return kind === 'sonarqube-cloud'
    ? { pullRequests: true, devOpsPlatforms: false, projectBindings: false }
    : { pullRequests: hasPullRequests, devOpsPlatforms: true, projectBindings: hasPullRequests };
}
