/** The themes of the installed token package, each as the text of its style sheet. */
export interface TokenThemes {
  readonly light: string;
  readonly dark: string;
  /** Spacing, shape, type: the same in both colour modes. */
  readonly common: string;
}

/**
 * The style sheet that gives every token used in `styles` its light and dark value. It ships with the page because
 * the platform's own token sheet is an inline style, which the default policy drops.
 * @throws {Error} naming each token that the themes do not have, so that a typing mistake fails the build.
 */
export function buildTokenCss(styles: string, themes: TokenThemes): string;

/** Vite plugin that answers `virtual:tokens.css`. `readStyles` returns the page's style sheets as one text. */
export function tokenPlugin(
  readStyles: () => string,
  themes: TokenThemes,
): {
  readonly name: string;
  resolveId(id: string): string | undefined;
  load(id: string): string | undefined;
};
