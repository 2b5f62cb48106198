/** Outlines on a 16 by 16 grid, drawn with the colour of the text beside them. */
const paths = {
  check: 'm3.5 8.5 3 3 6-7',
  cross: 'm4.5 4.5 7 7m0-7-7 7',
  clock: 'M8 2.5a5.5 5.5 0 1 0 .01 0M8 5v3.2l2 1.3',
  history: 'M2.8 3v3.2H6M3 6.1a5.3 5.3 0 1 1-.3 2.7M8 5.2v3l2 1.2',
  dash: 'M3.5 8h9',
  question: 'M5.7 6.2a2.3 2.3 0 1 1 3.5 2C8.3 8.7 8 9.1 8 9.8m0 2.4v.1',
  warning: 'M8 2.6 14 13H2zM8 6.5V9m0 1.9v.1',
  unlinked:
    'm6.5 4.9 1.7-1.7a3.3 3.3 0 0 1 4.6 4.6l-1.7 1.7m-1.6 1.6-1.7 1.7a3.3 3.3 0 0 1-4.6-4.6l1.7-1.7M2.8 2.8l10.4 10.4',
  prohibited: 'M8 2.5a5.5 5.5 0 1 0 .01 0M4.2 4.2l7.6 7.6',
  information: 'M8 2.5a5.5 5.5 0 1 0 .01 0M8 7.5V11m0-6v.1',
  refresh: 'M13 2.8V6H9.8m3.1-.3a5.3 5.3 0 1 0 .4 3.2',
  external: 'M9.5 3H13v3.5M13 3 7.5 8.5M11.5 9.5V13H3V4.5h3.5',
} as const;

export type IconName = keyof typeof paths;

/** Decoration only: words beside it say the same, so readers of the screen skip it. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
