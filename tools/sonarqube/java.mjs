import { spawnSync } from 'node:child_process';

/** Major version of the machine's Java, or undefined where there is none. */
export function javaMajorVersion() {
  const { stderr, status } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  if (status !== 0) return undefined;
  const major = /version "(?:1\.)?(\d+)/.exec(stderr)?.[1];
  return major === undefined ? undefined : Number(major);
}

/**
 * The newest Community Build that this Java runs: 24.12 to 25.x take Java 17 or 21, 26.x takes 21 or newer
 * (the server refuses to start otherwise).
 */
export function newestFor(javaMajor, versions) {
  const parts = (version) => version.split('.').map(Number);
  const fits = versions.filter((version) => {
    const [major = 0] = parts(version);
    return major >= 25 && major < 2000 && (javaMajor >= 21 || (javaMajor >= 17 && major === 25));
  });
  return fits
    .sort((a, b) => {
      const [left, right] = [parts(a), parts(b)];
      const index = left.findIndex((value, at) => value !== right[at]);
      return index < 0 ? 0 : left[index] - right[index];
    })
    .at(-1);
}
