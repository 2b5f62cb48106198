import http from 'node:http';
import { beginBoundaryCall } from './boundary-activity';
import { currentInvocation } from './invocation-scope';

// Taken before the egress door replaces it.
const { request: sendRequest } = http;
const agent = new http.Agent({ keepAlive: true });
const statusesWithoutBody = new Set([101, 204, 205, 304]);

export interface ProxyCall {
  /** Path on the proxy, such as `/egress`. */
  readonly route: string;
  /** Path and query behind the product, or the full URL for egress. */
  readonly target: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body?: Uint8Array | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The error class that the SDK counts as a fault of the line (`__forge_undici_error__`). */
export class BoundaryError extends Error {
  override readonly name = 'BoundaryError';
}

/** Options of a plain HTTP request to the proxy in the name of the running invocation. */
export function proxyRequestOptions(route: string, target: string): http.RequestOptions {
  const { proxy, tracing } = currentInvocation().event._meta;
  const { hostname, port, pathname } = new URL(proxy.url);
  return {
    agent,
    host: hostname,
    port,
    path: `${pathname.replace(/\/$/, '')}${route}`,
    headers: {
      'forge-proxy-authorization': `Bearer ${proxy.token}`,
      // Header values are ASCII; everything else in a path is encoded on its way out anyway.
      'forge-proxy-target': target.replace(/[^\x21-\x7e]/gu, encodeURIComponent),
      'x-b3-traceid': tracing.traceId,
      'x-b3-spanid': tracing.spanId,
    },
  };
}

/**
 * Sends one call through the proxy. It uses `node:http`, whose timers are out of reach of the faked ones.
 * @throws {TypeError} `fetch failed` when the line breaks, or the reason of the signal, as fetch does.
 */
export function callProxy(call: ProxyCall): Promise<Response> {
  const options = proxyRequestOptions(call.route, call.target);
  const { signal, body } = call;
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason as Error);
      return;
    }
    const end = beginBoundaryCall();
    const outgoing = sendRequest({
      ...options,
      method: call.method,
      headers: {
        ...Object.fromEntries(call.headers),
        ...(body ? { 'content-length': body.byteLength } : {}),
        ...(options.headers as http.OutgoingHttpHeaders),
      },
    });
    function abort(): void {
      end();
      outgoing.destroy();
      reject(signal?.reason as Error);
    }
    signal?.addEventListener('abort', abort, { once: true });
    outgoing.once('response', (incoming) => {
      end();
      incoming.once('close', () => signal?.removeEventListener('abort', abort));
      resolve(toResponse(incoming, call));
    });
    outgoing.on('error', (error) => {
      end();
      reject(new TypeError('fetch failed', { cause: new BoundaryError(error.message) }));
    });
    outgoing.end(body);
  });
}

function toResponse(incoming: http.IncomingMessage, call: ProxyCall): Response {
  const status = incoming.statusCode ?? 502;
  const headers = new Headers();
  for (let index = 0; index + 1 < incoming.rawHeaders.length; index += 2) {
    const [name = '', value = ''] = incoming.rawHeaders.slice(index, index + 2);
    if (!/^(?:connection|keep-alive|transfer-encoding)$/i.test(name)) headers.append(name, value);
  }
  const empty = call.method === 'HEAD' || statusesWithoutBody.has(status);
  if (empty) incoming.resume();
  return new Response(empty ? null : toStream(incoming, call.signal), {
    status,
    statusText: incoming.statusMessage ?? '',
    headers,
  });
}

/** Takes the body in as it comes, read or not, so that an answer nobody reads does not hold its connection. */
function toStream(incoming: http.IncomingMessage, signal?: AbortSignal): ReadableStream {
  let open = true;
  return new ReadableStream({
    start(controller) {
      function finish(how: () => void): void {
        if (!open) return;
        open = false;
        how();
      }
      incoming.on('data', (chunk: Buffer) => {
        if (open) controller.enqueue(new Uint8Array(chunk));
      });
      incoming.once('end', () => finish(() => controller.close()));
      incoming.once('close', () =>
        finish(() =>
          controller.error(signal?.aborted ? signal.reason : new TypeError('terminated')),
        ),
      );
      incoming.on('error', () => undefined);
    },
    cancel() {
      open = false;
      incoming.destroy();
    },
  });
}
