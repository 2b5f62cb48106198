/** @jest-environment node */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Budgets } from '../../bench/budgets';

// A folder of its own: other tests serve the usual one at the same time.
const dist = mkdtempSync(join(tmpdir(), 'gatehouse-pages-'));
const read = (name: string) => readFileSync(join(dist, name), 'utf8');
const gzipBytes = (name: string) => gzipSync(read(name), { level: 9 }).length;

beforeAll(() => {
  for (const [resource, folder] of [
    ['pull-request', dist],
    ['settings', join(dist, 'settings')],
  ] as const) {
    const config = `static/${resource}/vite.config.mjs`;
    const build = ['node_modules/vite/bin/vite.js', 'build', '--config', config];
    execFileSync(process.execPath, [...build, '--outDir', folder, '--logLevel', 'error']);
  }
});

afterAll(() => rmSync(dist, { recursive: true, force: true }));

it('loads one script and one style sheet for the verdict', () => {
  const html = read('index.html');

  expect(html.match(/(?:src|href)="[^"]+"/g)).toEqual(['src="./page.js"', 'href="./page.css"']);
  expect(html).not.toMatch(/<style|<script(?![^>]*src)/);
});

it('brings the verdict on screen with at most 12 KB of script and 4 KB of style', () => {
  expect(gzipBytes('page.js')).toBeLessThanOrEqual(12_000);
  expect(gzipBytes('page.css')).toBeLessThanOrEqual(4_000);
});

it('loads little more for everything else', () => {
  expect(gzipBytes('later.js') + gzipBytes('forge-bridge-later.js')).toBeLessThanOrEqual(6_000);
});

it('brings the settings on screen with at most 75 KB of script and 6 KB of style', () => {
  const { script, style } = Budgets.settingsPage;
  expect(gzipBytes('settings/page.js')).toBeLessThanOrEqual(script);
  expect(gzipBytes('settings/page.css')).toBeLessThanOrEqual(style);
});

it.each(['page.js', 'later.js', 'forge-bridge-later.js', 'settings/page.js'])(
  '%s holds nothing that the policy refuses',
  (name) => {
    expect(read(name)).not.toMatch(
      /\beval\(|new Function|createElement\(["'`]style|statsig|\bzod\b/i,
    );
  },
);

it.each(['page.css', 'settings/page.css'])('gives every token in %s a value', (name) => {
  const css = read(name);
  const used = new Set([...css.matchAll(/var\((--ds-[\w-]+)/g)].map(([, name]) => name));
  const defined = new Set([...css.matchAll(/(--ds-[\w-]+):/g)].map(([, name]) => name));

  expect([...used].filter((name) => !defined.has(name))).toEqual([]);
  expect(css).toMatch(/html\[data-color-mode="?dark"?\]/);
});
