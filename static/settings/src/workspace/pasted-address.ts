/** The host of an address that was pasted where a name belongs; `undefined` for anything else. */
export function findHost(text: string): string | undefined {
  const typed = text.trim();
  if (!/^https?:\/\//i.test(typed) || !URL.canParse(typed)) return undefined;
  return new URL(typed).hostname;
}

/** The workspace that an address of bitbucket.org names; any other text stays as it is. */
export function toWorkspace(text: string): string {
  if (findHost(text) !== 'bitbucket.org') return text;
  const [, workspace = ''] = new URL(text.trim()).pathname.split('/');
  return workspace === '' ? text : workspace;
}

/** The address of a Bitbucket Data Center without the page of it that was pasted. */
export function toServerAddress(text: string): string {
  const { origin, pathname } = new URL(text.trim());
  return `${origin}${pathname.replace(/\/(?:projects|users|dashboard|repos|login)(?:\/.*)?$|\/+$/, '')}`;
}
