/** The tokens of a text for the search for duplicates: a number for what the token says, and its line. */
export interface Tokens {
  readonly values: Int32Array;
  readonly lines: Int32Array;
}

const TOKEN = new RegExp(
  [
    // Import statements are alike in many files without anybody having copied code; the bound keeps the search linear.
    String.raw`(?<blank>(?<=^|\n)import\b[^;'"]{0,4000}['"][^'"\n]*['"];?|\s+|//[^\n]*|/\*[\s\S]*?(?:\*/|$))`,
    String.raw`(?<text>"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?|${'`'}(?:[^${'`'}\\]|\\[\s\S])*${'`'}?)`,
    String.raw`(?<word>[\p{ID_Start}$_@#][\p{ID_Continue}$\u200c\u200d-]*|\d[\w.]*)`,
    String.raw`(?<other>\S)`,
  ].join('|'),
  'gu',
);

function hashOf(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at += 1)
    hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return hash;
}

const ANY_TEXT = hashOf('"text"');

/** Cuts a text of a C-like language into tokens. Blanks and comments are left out and every string counts as the same. */
export function tokenize(text: string): Tokens {
  const values: number[] = [];
  const lines: number[] = [];
  let line = 1;
  for (const { 0: token, groups } of text.matchAll(TOKEN)) {
    if (groups?.blank === undefined) {
      values.push(groups?.text === undefined ? hashOf(token) : ANY_TEXT);
      lines.push(line);
    }
    for (let at = token.indexOf('\n'); at >= 0; at = token.indexOf('\n', at + 1)) line += 1;
  }
  return { values: Int32Array.from(values), lines: Int32Array.from(lines) };
}
