import type { FrameTheme } from '../frame/protocol';
import { pushTheme } from './frame-session';

export type ThemeChoice = 'light' | 'dark' | 'auto';

const systemDark = matchMedia('(prefers-color-scheme: dark)');

function choice(): ThemeChoice {
  const value = document.documentElement.dataset['colorMode'];
  return value === 'light' || value === 'dark' ? value : 'auto';
}

/** The theme as frames are told it: "match system" is resolved to what the system says now. */
export function currentTheme(): FrameTheme {
  const chosen = choice();
  const colorMode = chosen === 'auto' ? (systemDark.matches ? 'dark' : 'light') : chosen;
  const delivery =
    document.documentElement.dataset['themeDelivery'] === 'style' ? 'style' : 'adoptedStyleSheet';
  return { colorMode, delivery };
}

/** Makes the theme menu work and tells frames when the theme changes. */
export function startTheme(): void {
  systemDark.addEventListener('change', () => pushTheme(currentTheme()));
  for (const input of document.querySelectorAll<HTMLInputElement>('input[name="theme"]')) {
    input.addEventListener('change', () => choose(input.value as ThemeChoice));
  }
}

function choose(theme: ThemeChoice): void {
  document.documentElement.dataset['colorMode'] = theme;
  // A preference, not a secret: the server reads it so that the first paint has the right colours.
  document.cookie = `gatehouse_theme=${theme}; path=/; max-age=31536000; samesite=strict`;
  pushTheme(currentTheme());
}
