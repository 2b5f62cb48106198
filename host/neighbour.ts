/** A remote service that the host stands in for: a plain request handler that can also be served over HTTP. */
export interface Neighbour {
  fetch(request: Request): Promise<Response>;
}

/** Who asks Bitbucket. Scopes are those that the app was granted; a user's rights are cut down to them. */
export type BitbucketIdentity =
  | { readonly kind: 'app'; readonly scopes: readonly string[] }
  | { readonly kind: 'user'; readonly accountId: string; readonly scopes: readonly string[] }
  | { readonly kind: 'anonymous' };

/** The Bitbucket stand-in as the proxy sees it. Request URLs are `https://api.bitbucket.org/2.0/...`. */
export interface BitbucketNeighbour {
  fetch(request: Request, identity: BitbucketIdentity): Promise<Response>;
}
