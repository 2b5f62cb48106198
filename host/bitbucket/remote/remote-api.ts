import * as z from 'zod';
import type { BitbucketNeighbour } from '../../neighbour';
import { withoutEncoding } from '../../without-encoding';

export interface RemoteApiOptions {
  /** `https://api.bitbucket.org`, or where the same interface is served. */
  readonly origin: string;
  /** An access token, or `e-mail:token` for an API token of a person. */
  readonly token: string;
  /** Without it nothing that changes something leaves this machine. */
  readonly mayWrite: boolean;
}

/** Bitbucket's REST API as one token sees it. */
export interface RemoteApi extends BitbucketNeighbour {
  /** `path` from `/2.0` on. `undefined` for what does not exist or may not be seen. @throws BitbucketUnavailableError */
  read<S extends z.ZodType>(path: string, schema: S): Promise<z.output<S> | undefined>;
  readText(path: string): Promise<string | undefined>;
  /** The values of a listing, page by page, at most so many. Empty for what may not be seen. */
  list<S extends z.ZodType>(path: string, schema: S, most: number): Promise<z.output<S>[]>;
}

/** Bitbucket did not answer, or not with what it documents; the message is a sentence for people. */
export class BitbucketUnavailableError extends Error {
  override readonly name = 'BitbucketUnavailableError';
}

const publicOrigin = 'https://api.bitbucket.org';
const timeoutMs = 20_000;
const mostRedirects = 3;

export function createRemoteApi({ origin, token, mayWrite }: RemoteApiOptions): RemoteApi {
  const authorization = token.includes(':')
    ? `Basic ${Buffer.from(token).toString('base64')}`
    : `Bearer ${token}`;

  /** The same path at the origin; nothing with the token goes anywhere else. */
  function toOrigin(text: string): string | undefined {
    const url = new URL(text, publicOrigin);
    if (url.origin !== publicOrigin && url.origin !== origin) return undefined;
    return `${origin}${url.pathname}${url.search}`;
  }

  async function send(url: string, init: RequestInit): Promise<Response> {
    const target = toOrigin(url);
    if (target === undefined) throw new BitbucketUnavailableError(`${url} is not Bitbucket's.`);
    const headers = new Headers(init.headers);
    headers.delete('host');
    headers.set('authorization', authorization);
    return withoutEncoding(await fetch(target, { ...init, headers, redirect: 'manual' }));
  }

  /** Status, target of a redirect and text of one answer. */
  async function ask(url: string) {
    try {
      const answer = await send(url, { signal: AbortSignal.timeout(timeoutMs) });
      const { status, headers } = answer;
      return { status, next: headers.get('location'), text: await answer.text() };
    } catch (cause) {
      if (cause instanceof BitbucketUnavailableError) throw cause;
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new BitbucketUnavailableError(`Bitbucket could not be reached: ${reason}`, { cause });
    }
  }

  async function get(path: string): Promise<string | undefined> {
    let url = `${publicOrigin}/2.0${path}`;
    for (let hops = 0; hops <= mostRedirects; hops += 1) {
      const { status, next, text } = await ask(url);
      if (status >= 300 && status < 400 && next !== null) {
        url = next;
        continue;
      }
      if (status >= 200 && status < 300) return text;
      if (status === 403 || status === 404 || status === 410) return undefined;
      const why = status === 401 ? 'does not accept the token' : `answered ${status}`;
      throw new BitbucketUnavailableError(`Bitbucket ${why} (GET ${path}).`);
    }
    throw new BitbucketUnavailableError(`Bitbucket sends GET ${path} from place to place.`);
  }

  async function read<S extends z.ZodType>(path: string, schema: S) {
    const text = await get(path);
    if (text === undefined) return undefined;
    const parsed = schema.safeParse(parseJson(text));
    if (!parsed.success) {
      throw new BitbucketUnavailableError(
        `Bitbucket answered GET ${path} with something else than it documents: ${z.prettifyError(parsed.error)}`,
      );
    }
    return parsed.data;
  }

  return {
    read,
    readText: get,
    async list(path, schema, most) {
      const page = z.object({ values: z.array(schema), next: z.string().optional() });
      const values: z.output<typeof schema>[] = [];
      let next: string | undefined = path;
      while (next !== undefined && values.length < most) {
        const answer: z.output<typeof page> | undefined = await read(next, page);
        values.push(...(answer?.values ?? []));
        const url: URL | null = answer?.next === undefined ? null : URL.parse(answer.next);
        next = url ? `${url.pathname.replace(/^\/2\.0/u, '')}${url.search}` : undefined;
      }
      return values.slice(0, most);
    },
    async fetch(request, identity) {
      if (request.method !== 'GET' && !mayWrite) return refuseToWrite(request.method);
      // Who is not signed in sees what everybody sees, which a token would not show.
      if (identity.kind === 'anonymous') return new Response(null, { status: 401 });
      const body = await request.arrayBuffer();
      return send(request.url, {
        method: request.method,
        headers: request.headers,
        signal: request.signal,
        ...(body.byteLength > 0 ? { body } : {}),
      });
    },
  };
}

/** In the form of Bitbucket's own refusals. */
function refuseToWrite(method: string): Response {
  const message = `This host only reads: ${method} was not sent. Start it with --write to let the app write to Bitbucket.`;
  return Response.json({ type: 'error', error: { message } }, { status: 403 });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
