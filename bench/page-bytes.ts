import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Sizes in bytes after gzip -9, as a server would send them. */
export interface PageBytes {
  /** Scripts that must be there before the verdict can be drawn. */
  readonly script: number;
  readonly style: number;
  /** Scripts that are fetched after the verdict is on screen. */
  readonly later: number;
}

const staticImport = /\b(?:import|export)\s*(?:[\w$*{][^'"`;()]*?from\s*)?["'](\.[^"']+)["']/g;
const lazyImport = /\bimport\(\s*["'`](\.[^"'`]+)["'`]/g;

/** Weighs a built Custom UI resource, from its index.html along its imports. */
export function measurePageBytes(folder: string): PageBytes {
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const weigh = (names: Iterable<string>) =>
    [...names].reduce((sum, name) => sum + gzipSync(read(name), { level: 9 }).length, 0);
  const html = read('index.html');
  const first = follow(namesIn(html, /<script[^>]*\ssrc="\.\/([^"]+)"/g), read, [staticImport]);
  const all = follow(first, read, [staticImport, lazyImport]);
  const styles = namesIn(html, /<link[^>]*\shref="\.\/([^"]+\.css)"/g);
  return {
    script: weigh(first),
    style: weigh(styles),
    later: weigh([...all].filter((name) => !first.has(name))),
  };
}

/** The scripts given and all that they import. */
function follow(
  names: Iterable<string>,
  read: (name: string) => string,
  patterns: readonly RegExp[],
): ReadonlySet<string> {
  const found = new Set(names);
  // What is added on the way is visited as well.
  for (const name of found) {
    const source = read(name);
    for (const pattern of patterns) {
      for (const imported of namesIn(source, pattern)) {
        found.add(posix.join(posix.dirname(name), imported));
      }
    }
  }
  return found;
}

function namesIn(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].flatMap(([, name]) => (name === undefined ? [] : [name]));
}
