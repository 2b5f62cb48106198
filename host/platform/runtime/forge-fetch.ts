import { callProxy } from './proxy-call';
import { followRedirects } from './redirects';
import { encodeBody } from './request-body';

/** First argument of `__forge_fetch__`: which product or service, and as whom. */
export interface ForgeFetchArguments {
  readonly type: string;
  readonly provider?: string;
  readonly remote?: string;
  readonly service?: string;
  readonly accountId?: string;
  readonly contextAri?: string;
}

/** Path on the proxy for a call of the SDK; what is not emulated has a path too, where the proxy answers 501. */
export function routeOf(call: ForgeFetchArguments): string {
  const { provider = 'none', remote, service, accountId } = call;
  switch (call.type) {
    case 'kvs':
      return '/fpp/as/app/provider/atlassian/capability/kvs';
    case 'realtime':
      return '/realtime';
    case 'fpp': {
      if (remote === undefined) return `/fpp/provider/${provider}/context`;
      const account = accountId === undefined ? '' : `/account/${encodeURIComponent(accountId)}`;
      return `/fpp/provider/${provider}/remote/${remote}${account}`;
    }
    case 'tpp':
      return `/tpp/as/user/provider/${provider}/remote/${remote ?? ''}/account/${accountId ?? ''}`;
    case 'frc':
      return `/frc/remote/${remote ?? ''}`;
    case 'fcc':
      return `/fcc/service/${service ?? ''}`;
    default:
      return `/unknown/${encodeURIComponent(call.type)}`;
  }
}

/** `globalThis.__forge_fetch__`: a product or platform call of the SDK. */
export async function forgeFetch(
  call: ForgeFetchArguments,
  path: unknown,
  init: RequestInit = {},
): Promise<Response> {
  const route = routeOf(call);
  const headers = new Headers(init.headers);
  const body = await encodeBody(init.body);
  // The documentation promises JSON as the default for product calls, unlike fetch's text/plain.
  if (body && !headers.has('content-type')) {
    const isText = typeof init.body === 'string';
    headers.set(
      'content-type',
      isText ? 'application/json' : (body.contentType ?? 'application/json'),
    );
  }
  const target = String(path);
  return followRedirects(
    { method: (init.method ?? 'GET').toUpperCase(), headers, body: body?.bytes, target },
    init.redirect ?? 'follow',
    (request) => callProxy({ ...request, route, signal: init.signal ?? undefined }),
    (response) => response.headers.get('forge-proxy-relative-location') ?? undefined,
  );
}
