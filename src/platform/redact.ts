const longestText = 500;
const secretNames = /token|secret|password|authorization|cookie|signature/i;

/** A text without credentials: headers, tokens of SonarQube, addresses with user names, long hexadecimal secrets. */
export function redactText(text: string): string {
  return text
    .replace(/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, '$1 [redacted]')
    .replace(/\bsq[a-z]_[0-9a-zA-Z]+/g, '[redacted]')
    .replace(/\/\/[^/\s@]+@/g, '//[redacted]@')
    .replace(/\b[0-9a-f]{64,}\b/gi, '[redacted]')
    .slice(0, longestText);
}

/** A field of a log line by its name and value. */
export function redactField(
  name: string,
  value: string | number | boolean,
): string | number | boolean {
  if (secretNames.test(name)) return '[redacted]';
  return typeof value === 'string' ? redactText(value) : value;
}
