import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { tokenPlugin } from './theme/token-css.mjs';

// What ships is the same whoever builds it: a test run sets "test" here, and Vite would then leave checks in.
process.env.NODE_ENV = 'production';

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);

/** The token package ships its themes as modules that export a style sheet as text. */
const theme = (name) => require(`@atlaskit/tokens/dist/cjs/artifacts/themes/${name}.js`).default;

/** @param {string} folder */
function readStyles(folder) {
  return [join(folder, 'src'), here]
    .flatMap((place) =>
      readdirSync(place, { recursive: true })
        .filter((name) => name.endsWith('.css'))
        .map((name) => readFileSync(join(place, name), 'utf8')),
    )
    .join('\n');
}

const themes = {
  light: theme('atlassian-light'),
  dark: theme('atlassian-dark'),
  common: ['atlassian-spacing', 'atlassian-shape', 'atlassian-typography'].map(theme).join('\n'),
};

/** Vite wraps each `import()` in 0.5 KB that preloads style sheets; these pages have one sheet, loaded by the html. */
const plainImports = {
  name: 'gatehouse-plain-imports',
  enforce: 'pre',
  load: (id) =>
    id.includes('vite/preload-helper')
      ? 'export const __vitePreload = (load) => load();'
      : undefined,
};

/**
 * How a Custom UI resource is built from its folder; all resources are built alike.
 * @param {string} folder
 */
export const defineResource = (folder) =>
  defineConfig({
    root: folder,
    // The platform serves the resource below a versioned path.
    base: './',
    plugins: [plainImports, tokenPlugin(() => readStyles(folder), themes)],
    resolve: {
      alias: [
        { find: /^@contracts\//, replacement: `${join(here, '../../src/contracts')}/` },
        { find: /^react\/jsx-runtime$/, replacement: join(here, 'react-jsx-light.ts') },
        { find: /^react-dom\/client$/, replacement: join(here, 'react-dom-light.ts') },
        { find: /^react$/, replacement: join(here, 'react-light.ts') },
      ],
    },
    build: {
      target: 'es2022',
      outDir: 'dist',
      emptyOutDir: true,
      assetsInlineLimit: 0,
      modulePreload: false,
      cssCodeSplit: false,
      rolldownOptions: {
        output: {
          entryFileNames: 'page.js',
          chunkFileNames: '[name].js',
          assetFileNames: 'page.[ext]',
        },
      },
    },
  });
