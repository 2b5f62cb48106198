import type { BoundaryCall } from '../../traffic';
import type { Grant } from './grants';

/** One call of a function as it reached the proxy. */
export interface Exchange {
  readonly grant: Grant;
  readonly method: string;
  /** Path and query behind the product, or the full URL for egress. */
  readonly target: string;
  /** The app's own headers. */
  readonly headers: Headers;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** What the app gets back, or nothing at all when the line breaks. */
export type Answer =
  | {
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Uint8Array<ArrayBuffer> | string;
    }
  | 'broken';

/** An answer together with what the traffic log says about the call. */
export interface Handled {
  readonly answer: Answer;
  readonly kind: BoundaryCall['kind'];
  readonly identity?: NonNullable<BoundaryCall['identity']>;
  /** Where it differs from the target on the wire. */
  readonly loggedTarget?: string;
  /** True for calls that carry secrets: their bodies stay out of the log. */
  readonly isSecret?: boolean;
}

export function jsonAnswer(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const text = body === undefined ? '' : JSON.stringify(body);
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: text };
}

/** An answer that the SDK turns into an exception (product calls) or hands through (egress). */
export function proxyError(status: number, code: string, message: string): Answer {
  return jsonAnswer(status, { code, message }, { 'forge-proxy-error': code });
}

/** 501 for a call that the local platform does not emulate; the code names the call, so that the SDK's error does too. */
export function notEmulated(call: string): Answer {
  const message = `The local platform does not emulate ${call}.`;
  const code = `NOT_EMULATED ${call}`.replace(/[^\x20-\x7e]/g, '?').slice(0, 300);
  return proxyError(501, code, message);
}

/** A complete answer of a neighbour, read to its end. Encodings are undone by then. */
export async function toAnswer(response: Response): Promise<Answer> {
  const headers: Record<string, string> = {};
  for (const [name, value] of response.headers) {
    if (!/^(?:content-encoding|content-length|transfer-encoding|connection)$/.test(name)) {
      headers[name] = value;
    }
  }
  return { status: response.status, headers, body: new Uint8Array(await response.arrayBuffer()) };
}

export function textOf(body: Uint8Array | string): string {
  return typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
}
