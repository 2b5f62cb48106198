import { callProxy } from './proxy-call';
import { followRedirects } from './redirects';
import { encodeBody } from './request-body';

const normalizedMethods = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT']);

/** `globalThis.fetch`: every outside request goes through the platform's egress filter. */
export async function egressFetch(
  input: string | URL | Request,
  init?: RequestInit,
): Promise<Response> {
  const request = await read(input, init);
  if (request.body && (request.method === 'GET' || request.method === 'HEAD')) {
    throw new TypeError('Request with GET/HEAD method cannot have body.');
  }
  let finalUrl = request.target;
  const response = await followRedirects(
    request,
    request.redirect,
    (next) => {
      finalUrl = next.target;
      return callProxy({ ...next, route: '/egress', signal: request.signal });
    },
    (answer, target) => {
      const location = answer.headers.get('location');
      return location === null ? undefined : new URL(location, target).href;
    },
  );
  Object.defineProperty(response, 'url', { value: finalUrl });
  Object.defineProperty(response, 'redirected', { value: finalUrl !== request.target });
  return response;
}

async function read(input: string | URL | Request, init: RequestInit = {}) {
  const base = input instanceof Request ? input : undefined;
  const body =
    init.body === undefined && base?.body
      ? { bytes: new Uint8Array(await base.arrayBuffer()) }
      : await encodeBody(init.body);
  const headers = new Headers(init.headers ?? base?.headers);
  if (body && 'contentType' in body && !headers.has('content-type')) {
    headers.set('content-type', body.contentType);
  }
  if (!headers.has('accept')) headers.set('accept', '*/*');
  const method = init.method ?? base?.method ?? 'GET';
  const upper = method.toUpperCase();
  const signal = init.signal === undefined ? base?.signal : (init.signal ?? undefined);
  return {
    method: normalizedMethods.has(upper) ? upper : method,
    headers,
    body: body?.bytes,
    target: absoluteUrl(input instanceof Request ? input.url : input.toString()),
    redirect: init.redirect ?? base?.redirect ?? 'follow',
    signal,
  };
}

function absoluteUrl(text: string): string {
  try {
    const url = new URL(text);
    if (url.username || url.password) {
      throw new TypeError(
        `Request cannot be constructed from a URL that includes credentials: ${url.host}`,
      );
    }
    url.hash = '';
    return url.href;
  } catch (cause) {
    if (cause instanceof TypeError && cause.message.startsWith('Request cannot')) throw cause;
    throw new TypeError(`Failed to parse URL from ${text}`, { cause });
  }
}
