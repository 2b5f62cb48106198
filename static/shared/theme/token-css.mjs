/** @typedef {import('./token-css.mjs').TokenThemes} TokenThemes */

const moduleId = 'virtual:tokens.css';

/** @param {string} theme */
function valuesOf(theme) {
  const pairs = theme.matchAll(/(--ds-[\w-]+):\s*([^;}]+)/g);
  return new Map([...pairs].map(([, name, value]) => [name, value.trim()]));
}

/** @param {string} selector @param {string} scheme @param {[string, string][]} values */
function block(selector, scheme, values) {
  const lines = values.map(([name, value]) => `  ${name}: ${value};\n`);
  return `${selector} {\n  color-scheme: ${scheme};\n${lines.join('')}}\n`;
}

/** @type {import('./token-css.mjs').buildTokenCss} */
export function buildTokenCss(styles, themes) {
  const light = new Map([...valuesOf(themes.common), ...valuesOf(themes.light)]);
  const dark = valuesOf(themes.dark);
  const names = [...new Set(styles.match(/--ds-[\w-]+/g))].sort();
  const unknown = names.filter((name) => !light.has(name));
  if (unknown.length > 0) {
    throw new Error(`No such design token in @atlaskit/tokens: ${unknown.join(', ')}.`);
  }

  const darker = names.filter((name) => dark.has(name) && dark.get(name) !== light.get(name));
  return (
    block(
      ':root',
      'light',
      names.map((name) => [name, light.get(name)]),
    ) +
    block(
      'html[data-color-mode="dark"]',
      'dark',
      darker.map((name) => [name, dark.get(name)]),
    )
  );
}

/** @type {import('./token-css.mjs').tokenPlugin} */
export function tokenPlugin(readStyles, themes) {
  return {
    name: 'gatehouse-tokens',
    resolveId: (id) => (id === moduleId ? `\0${moduleId}` : undefined),
    load: (id) => (id === `\0${moduleId}` ? buildTokenCss(readStyles(), themes) : undefined),
  };
}
