/**
 * A text of a server as one line without control characters, cut at so many UTF-16 units and never inside a character;
 * `undefined` when nothing is left.
 */
export function toLine(text: string | undefined, longest: number): string | undefined {
  const line = (text ?? '')
    .toWellFormed()
    .replaceAll(/[\u0000-\u001F\u007F-\u009F\u2028\u2029]+/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  if (line === '') return undefined;
  if (line.length <= longest) return line;
  let cut = '';
  for (const character of line) {
    if (cut.length + character.length > longest - 1) break;
    cut += character;
  }
  return `${cut.trimEnd()}…`;
}
