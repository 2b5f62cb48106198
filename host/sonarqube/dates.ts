/** Epoch milliseconds as SonarQube writes times: to the second, with an offset without a colon. */
export function formatDate(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}+0000`;
}
