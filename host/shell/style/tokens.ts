import dark from '@atlaskit/tokens/atlassian-dark';
import light from '@atlaskit/tokens/atlassian-light';
import shape from '@atlaskit/tokens/atlassian-shape';
import spacing from '@atlaskit/tokens/atlassian-spacing';
import typography from '@atlaskit/tokens/atlassian-typography';
import tokenNames from '@atlaskit/tokens/token-names';

interface Shadow {
  readonly radius: number;
  readonly spread?: number;
  readonly offset: { readonly x: number; readonly y: number };
  readonly color: string;
  readonly opacity: number;
  readonly inset?: boolean;
}
interface Token {
  readonly cleanName: string;
  readonly value: unknown;
}

const names = new Map<string, string>(Object.entries(tokenNames));

/** The design tokens as the shell's own pages use them: light by default, dark by attribute or by the system's choice. */
export function shellTokens(): string {
  return [
    block(':root', [...light, ...spacing, ...shape, ...typography], 'color-scheme:light'),
    block('html[data-color-mode="dark"]', dark, 'color-scheme:dark'),
    `@media (prefers-color-scheme:dark){${block('html[data-color-mode="auto"]', dark, 'color-scheme:dark')}}`,
  ].join('\n');
}

/** The design tokens as a product gives them to a frame that enables theming, chosen by `data-theme` and `data-color-mode`. */
export function frameTokens(): string {
  return [
    block('html[data-color-mode="light"][data-theme~="light:light"]', light, 'color-scheme:light'),
    block('html[data-color-mode="dark"][data-theme~="dark:dark"]', dark, 'color-scheme:dark'),
    block('html[data-theme~="spacing:spacing"]', spacing),
    block('html[data-theme~="shape:shape"]', shape),
    block('html[data-theme~="typography:typography"]', typography),
  ].join('\n');
}

function block(selector: string, tokens: readonly Token[], first = ''): string {
  const declarations = tokens.map(({ cleanName, value }) => `${nameOf(cleanName)}:${text(value)}`);
  return `${selector}{${[...(first === '' ? [] : [first]), ...declarations].join(';')}}`;
}

function nameOf(cleanName: string): string {
  return names.get(cleanName) ?? `--ds-${cleanName.replaceAll('.', '-')}`;
}

function text(value: unknown): string {
  if (Array.isArray(value)) return (value as readonly Shadow[]).map(shadow).join(',');
  return String(value);
}

function shadow({ radius, spread = 0, offset, color, opacity, inset = false }: Shadow): string {
  const alpha = Math.round(opacity * 255)
    .toString(16)
    .padStart(2, '0');
  // Some colours carry an alpha of their own; the opacity beside it is the one that counts.
  return `${inset ? 'inset ' : ''}${offset.x}px ${offset.y}px ${radius}px ${spread}px ${color.slice(0, 7)}${alpha}`;
}
