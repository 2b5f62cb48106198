/** Bytes of a value as JSON; 0 for what has no JSON form, such as `undefined`. */
export function jsonBytes(value: unknown): number {
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined ? 0 : Buffer.byteLength(text);
}
