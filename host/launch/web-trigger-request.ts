import type { WebTriggerRequest } from '../platform/types';

/** A webhook of the server as the platform's web trigger takes it; `undefined` when the URL leads elsewhere. */
export function toWebTriggerRequest(
  platformUrl: string,
  url: string,
  request: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
): WebTriggerRequest | undefined {
  const target = URL.parse(url);
  if (target?.origin !== new URL(platformUrl).origin) return undefined;
  const queryParameters: Record<string, string[]> = {};
  for (const name of new Set(target.searchParams.keys())) {
    queryParameters[name] = target.searchParams.getAll(name);
  }
  return {
    method: 'POST',
    path: target.pathname,
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, [value]]),
    ),
    queryParameters,
    body: request.body,
  };
}
