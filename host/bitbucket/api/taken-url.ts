/** Whether Bitbucket takes a link: absolute, and of a host with a dot; `localhost` and inner names are refused. */
export function isTakenUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return /^https?:$/.test(protocol) && hostname.includes('.');
}
