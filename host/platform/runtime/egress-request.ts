import http from 'node:http';
import https from 'node:https';
import { proxyRequestOptions } from './proxy-call';

type Callback = (response: http.IncomingMessage) => void;
type RequestArguments =
  | readonly [url: string | URL, options?: http.RequestOptions | Callback, callback?: Callback]
  | readonly [options: http.RequestOptions, callback?: Callback];

const { request: sendRequest } = http;

/** Replaces `request` and `get` of `http` and `https`: their requests leave through the egress filter as well. */
export function installEgressRequests(): void {
  for (const [module, protocol] of [
    [http, 'http:'],
    [https, 'https:'],
  ] as const) {
    const request = (...given: RequestArguments) => egressRequest(protocol, given);
    const get = (...given: RequestArguments) => {
      const outgoing = egressRequest(protocol, given);
      outgoing.end();
      return outgoing;
    };
    Object.assign(module, { request, get });
  }
}

/** Only auth, headers, host, method, path and port of the options survive, as on Forge. */
function egressRequest(protocol: 'http:' | 'https:', given: RequestArguments): http.ClientRequest {
  const { target, options, callback } = read(protocol, given);
  const base = proxyRequestOptions('/egress', target.href);
  const headers: http.OutgoingHttpHeaders = { ...(options.headers as http.OutgoingHttpHeaders) };
  for (const name of Object.keys(headers)) {
    if (name.toLowerCase() === 'host') Reflect.deleteProperty(headers, name);
  }
  if (options.auth)
    headers['authorization'] = `Basic ${Buffer.from(options.auth).toString('base64')}`;
  return sendRequest(
    {
      ...base,
      ...(options.method === undefined ? {} : { method: options.method }),
      headers: { ...headers, ...(base.headers as http.OutgoingHttpHeaders) },
    },
    callback,
  );
}

function read(protocol: 'http:' | 'https:', given: RequestArguments) {
  const [first, second, third] = given;
  const hasUrl = typeof first === 'string' || first instanceof URL;
  const fromSecond = typeof second === 'object' ? second : {};
  const options: http.RequestOptions = hasUrl ? fromSecond : first;
  const callback = typeof second === 'function' ? second : third;
  const target = hasUrl ? new URL(first) : new URL(`${protocol}//localhost/`);
  const host = options.hostname ?? options.host;
  if (host) target.hostname = host;
  if (options.port !== undefined && options.port !== null) target.port = String(options.port);
  return {
    target:
      options.path === undefined || options.path === null ? target : new URL(options.path, target),
    options,
    callback,
  };
}
