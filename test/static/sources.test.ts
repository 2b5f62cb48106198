import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(process.cwd(), 'static');

function sources(pattern: RegExp): { readonly name: string; readonly text: string }[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => pattern.test(name) && !/(^|\/)(dist|node_modules)\//.test(name))
    .map((name) => ({ name, text: readFileSync(join(root, name), 'utf8') }));
}

function found(files: RegExp, what: RegExp): string[] {
  return sources(files).flatMap(({ name, text }) =>
    [...text.matchAll(what)].map(([match]) => `${name}: ${match}`),
  );
}

const styles = /\.css$/;
const scripts = /\.tsx?$/;

it('[L1] takes every colour from a design token', () => {
  expect(
    found(
      /\.(css|html|tsx?)$/,
      /#[\da-f]{3,8}\b(?=['"; ])|\b(rgb|hsl|hwb|lab|lch|oklch|color)a?\(/gi,
    ),
  ).toEqual([]);
  // A property that paints has a token, a keyword that follows one, or nothing.
  const painted = sources(styles).flatMap(({ name, text }) =>
    [
      ...text.matchAll(/(?:^|[\s;{])((?:[\w-]+-)?(?:color|background|stroke|fill)):\s*([^;]+);/g),
    ].map(([, property = '', value = '']) => `${name}: ${property}: ${value}`),
  );
  expect(
    painted.filter((line) => !/: (var\(--ds-[\w-]+\)|none|currentColor|inherit)$/.test(line)),
  ).toEqual([]);
});

it('writes no style into the markup, which the policy of the platform drops', () => {
  expect(found(/\.(html|tsx)$/, /\bstyle=|<style/g)).toEqual([]);
});

it('never puts text of the server into the page as markup', () => {
  expect(found(scripts, /dangerouslySetInnerHTML|innerHTML|insertAdjacentHTML/g)).toEqual([]);
});

it('has no root as tall as the window, so that the frame can follow its content', () => {
  expect(found(styles, /\b\d+(?:d|s|l)?v(?:h|b)\b|(?:height|block-size):\s*100%/g)).toEqual([]);
});

it('reads right to left as well: sides are logical', () => {
  expect(found(styles, /\b(?:margin|padding|border)-(?:left|right)\b|\b(?:left|right):/g)).toEqual(
    [],
  );
});

it('brings no schema library into the pages: contracts are types only', () => {
  const imports = found(scripts, /import (?!type)[^;]*from '(?:@contracts\/[^']*|zod[^']*)'/g);

  expect(imports).toEqual([]);
});
