/** ISO 8601 out of the server's form, whose offset has no colon (`2026-05-01T02:15:42+0200`); absent when unreadable. */
export function toIsoDate(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const ms = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}
