/** As fetch allows them; one more fails the call. */
const mostRedirects = 20;
const redirectStatuses = new Set([301, 302, 303, 307, 308]);

export interface RedirectableRequest {
  readonly method: string;
  readonly headers: Headers;
  readonly body?: Uint8Array | undefined;
}

/**
 * Sends a request and follows redirects as fetch does. `nextOf` names the next target of an answer, or nothing when the
 * answer is the end; credentials do not travel to another origin.
 */
export async function followRedirects(
  first: RedirectableRequest & { target: string },
  mode: RequestRedirect,
  send: (request: RedirectableRequest & { target: string }) => Promise<Response>,
  nextOf: (response: Response, target: string) => string | undefined,
): Promise<Response> {
  let request = first;
  for (let count = 0; count <= mostRedirects; count += 1) {
    const response = await send(request);
    if (mode === 'manual' || !redirectStatuses.has(response.status)) return response;
    const target = nextOf(response, request.target);
    if (target === undefined) return response;
    if (mode === 'error') {
      throw new TypeError('fetch failed', { cause: new Error('unexpected redirect') });
    }
    request = redirected(request, response.status, target);
  }
  throw new TypeError('fetch failed', { cause: new Error('redirect count exceeded') });
}

function redirected(
  request: RedirectableRequest & { target: string },
  status: number,
  target: string,
): RedirectableRequest & { target: string } {
  const headers = new Headers(request.headers);
  if (originOf(target) !== originOf(request.target)) {
    for (const name of ['authorization', 'cookie', 'proxy-authorization']) headers.delete(name);
  }
  const becomesGet =
    status === 303
      ? request.method !== 'HEAD'
      : (status === 301 || status === 302) && request.method === 'POST';
  if (!becomesGet) return { ...request, headers, target };
  headers.delete('content-type');
  return { method: 'GET', headers, target };
}

/** Targets of product calls are paths: they share one origin. */
function originOf(target: string): string {
  return target.startsWith('/') ? '' : new URL(target).origin;
}
