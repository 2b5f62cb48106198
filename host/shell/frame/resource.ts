import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.map': 'application/json',
};

/** Changes whenever a file of the folder changes; part of the URL, so that browsers may keep what they have. */
export function versionOf(folder: string): string {
  const hash = createHash('sha256');
  for (const path of listFiles(folder)) {
    const { size, mtimeMs } = statSync(path);
    hash.update(`${relative(folder, path)}\n${size}\n${mtimeMs}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

/** The file at a path inside the folder, or `undefined` when there is none or the path leads out of the folder. */
export function readResourceFile(
  folder: string,
  path: string,
): { body: Buffer; type: string } | undefined {
  const file = join(folder, path);
  if (!file.startsWith(folder + sep)) return undefined;
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return undefined;
  return { body: readFileSync(file), type: types[extname(file)] ?? 'application/octet-stream' };
}

function listFiles(folder: string): string[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
    .sort();
}
