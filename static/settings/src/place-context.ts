import { createContext } from 'react';

/** Where the page is on Bitbucket, for links to Bitbucket's own settings; absent where the platform does not tell. */
export interface Place {
  readonly workspaceUrl?: string | undefined;
  readonly repositoryUrl?: string | undefined;
}

/** From the address of the page: workspace and repository are the first parts of its path. */
export function toPlace(location: string | undefined, isWorkspacePage: boolean): Place {
  const found = /^(https?:\/\/[^/?#]+\/[^/?#]+)\/([^/?#]+)/.exec(location ?? '');
  if (!found) return {};
  const [, workspaceUrl = '', second = ''] = found;
  return isWorkspacePage
    ? { workspaceUrl }
    : { workspaceUrl, repositoryUrl: `${workspaceUrl}/${second}` };
}

export const PlaceContext = createContext<Place>({});
