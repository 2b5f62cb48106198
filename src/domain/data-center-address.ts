/** What a person pasted in place of a key: the page of a repository on Bitbucket Data Center. */
const repositoryPage =
  /^https?:\/\/[^/\s]+(?:\/[^\s]*?)?\/(?:projects|users)\/([^/\s]+)\/repos\/([^/\s?#]+)/i;

export interface DataCenterRepository {
  readonly projectKey: string;
  readonly repositorySlug: string;
}

/** Key and slug from an address such as `https://host/projects/KEY/repos/slug/browse`; `undefined` for any other text. */
export function parseDataCenterAddress(text: string): DataCenterRepository | undefined {
  const [, projectKey, repositorySlug] = repositoryPage.exec(text.trim()) ?? [];
  if (projectKey === undefined || repositorySlug === undefined) return undefined;
  return { projectKey: decode(projectKey), repositorySlug: decode(repositorySlug) };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
