/** Where the API and the pages of Bitbucket live. */
export const API_ORIGIN = 'https://api.bitbucket.org';
export const WEB_ORIGIN = 'https://bitbucket.org';

export interface Href {
  readonly href: string;
}

/** Absolute link to an operation; each part is one path segment and gets encoded. */
export function apiLink(...parts: readonly (string | number)[]): Href {
  return { href: `${API_ORIGIN}/2.0/${parts.map(segment).join('/')}` };
}

/** Absolute link to a page for people. */
export function webLink(...parts: readonly (string | number)[]): Href {
  return { href: `${WEB_ORIGIN}/${parts.map(segment).join('/')}` };
}

function segment(part: string | number): string {
  return encodeURIComponent(part);
}

/** A file path with each of its parts encoded. */
export function escapePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
