import type { FrameTheme } from './protocol';

/** Puts the product's theme on the frame's document, as a product does after `view.theme.enable()`. */
export function createFrameTheming(tokensUrl: string): (theme: FrameTheme) => Promise<void> {
  let loaded: Promise<void> | undefined;

  async function load(delivery: FrameTheme['delivery']): Promise<void> {
    const response = await fetch(tokensUrl);
    const css = await response.text();
    if (delivery === 'adoptedStyleSheet') {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      document.adoptedStyleSheets.push(sheet);
    } else {
      const style = document.createElement('style');
      style.textContent = css;
      document.head.append(style);
    }
  }

  return async ({ colorMode, delivery }) => {
    const { dataset } = document.documentElement;
    dataset['theme'] = 'dark:dark light:light spacing:spacing shape:shape typography:typography';
    dataset['colorMode'] = colorMode;
    loaded ??= load(delivery);
    await loaded;
  };
}
