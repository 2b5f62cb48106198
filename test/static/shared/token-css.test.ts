import { buildTokenCss } from '../../../static/shared/theme/token-css.mjs';

const themes = {
  light: 'html { --ds-text: #111111; --ds-link: #222222; --ds-border: #333333; }',
  dark: 'html { --ds-text: #eeeeee; --ds-link: #222222; --ds-border: #cccccc; }',
  common: 'html { --ds-space-100: 0.5rem; }',
};

it('gives the used tokens their light values, and the dark ones only where they differ', () => {
  const styles =
    'a { color: var(--ds-link); margin: var(--ds-space-100) } p { color: var(--ds-text) }';

  expect(buildTokenCss(styles, themes)).toBe(
    [
      ':root {',
      '  color-scheme: light;',
      '  --ds-link: #222222;',
      '  --ds-space-100: 0.5rem;',
      '  --ds-text: #111111;',
      '}',
      'html[data-color-mode="dark"] {',
      '  color-scheme: dark;',
      '  --ds-text: #eeeeee;',
      '}',
      '',
    ].join('\n'),
  );
});

it('refuses names that are not tokens, all at once', () => {
  expect(() => buildTokenCss('a { color: var(--ds-txt); margin: var(--ds-gap) }', themes)).toThrow(
    'No such design token in @atlaskit/tokens: --ds-gap, --ds-txt.',
  );
});
