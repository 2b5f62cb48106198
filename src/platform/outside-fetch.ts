/** Calls to hosts outside Atlassian; the platform lets through the ones that are declared or were allowed. */
export function outsideFetch(url: string, init: RequestInit): Promise<Response> {
  return fetch(url, init);
}
