/** `{…}`, as Bitbucket writes UUIDs. */
export function withBraces(uuid: string): string {
  return `{${withoutBraces(uuid)}}`;
}

export function withoutBraces(uuid: string): string {
  return uuid.replace(/^\{|\}$/g, '').toLowerCase();
}
