import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { frameTokens, shellTokens } from '../../../host/shell/style/tokens';

const root = join(__dirname, '../../..');

describe('design tokens', () => {
  it('are known for every name that the shell uses', () => {
    const css = readFileSync(join(root, 'host/shell/style/shell.css'), 'utf8');
    const used = new Set(Array.from(css.matchAll(/var\((--ds-[a-z0-9-]+)\)/g), ([, name]) => name));
    const tokens = shellTokens();

    const unknown = [...used].filter((name) => !tokens.includes(`${String(name)}:`));

    expect(unknown).toEqual([]);
  });

  it('leave no raw colour in the shell', () => {
    const css = readFileSync(join(root, 'host/shell/style/shell.css'), 'utf8');

    expect(css.match(/#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(/gi) ?? []).toEqual([]);
  });

  it('reach frames under the selectors of the product', () => {
    const css = frameTokens();

    expect(css).toContain('html[data-color-mode="dark"][data-theme~="dark:dark"]{');
    expect(css).toContain('html[data-color-mode="light"][data-theme~="light:light"]{');
    expect(css).toMatch(/--ds-space-100:8px/);
    expect(css).not.toContain('[object');
    expect(css).not.toContain('undefined');
  });
});
