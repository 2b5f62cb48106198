/** One word of a shell, whatever is in it. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** One YAML scalar, whatever is in it: a JSON string is a double-quoted scalar. */
export function yamlText(text: string): string {
  return JSON.stringify(text);
}
