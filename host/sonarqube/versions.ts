import type { Settings } from './settings';

/** First and second number of a version. */
function toNumbers(version: string): readonly [major: number, minor: number] {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return [major, minor];
}

/** A place in the one order of releases: 7 to 10, then Community Build (24 to 99) by the Server of its month. */
function toOrder(version: string): number {
  const [major, minor] = toNumbers(version);
  const isCommunityBuild = major >= 24 && major < 100;
  return (isCommunityBuild ? major + 2_000 : major) * 100 + minor;
}

/** Whether a Server has what came with this release. Cloud has no versions: it is never older. */
export function isSince({ flavour, version }: Settings, release: string): boolean {
  return flavour === 'cloud' || toOrder(version) >= toOrder(release);
}
