/**
 * Translates line numbers of ESLint, which ends a line at a lone carriage return and at U+2028 and U+2029 as well, into
 * those of git, which knows only the line feed. Otherwise such a character would move findings off the changed lines.
 */
export function createLineTranslation(text: string): (eslintLine: number) => number {
  if (!/\r(?!\n)|[\u2028\u2029]/u.test(text)) return (line) => line;
  const gitLineOf = [1];
  let gitLine = 1;
  for (const [lineEnd] of text.matchAll(/\r\n|[\r\n\u2028\u2029]/gu)) {
    if (lineEnd.endsWith('\n')) gitLine += 1;
    gitLineOf.push(gitLine);
  }
  return (line) => gitLineOf[line - 1] ?? gitLine;
}
