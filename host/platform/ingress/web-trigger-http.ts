import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { Hono } from 'hono';
import { PlatformLimits } from '../limits';
import type { WebTriggerAnswer, WebTriggerRequest } from '../types';

type Env = { Bindings: HttpBindings };

/** Web trigger URLs as a server: `/x1/<id>/…` and `/public/<id>/…`. Header names arrive as they were sent. */
export function createWebTriggerApp(
  receive: (request: WebTriggerRequest) => Promise<WebTriggerAnswer>,
): Hono<Env> {
  const app = new Hono<Env>();
  for (const path of ['/x1/*', '/public/*']) {
    app.all(path, async (c) => {
      const body = await readBody(c);
      if (body === undefined) return c.text('The request is larger than 5 MB.', 413);
      const url = new URL(c.req.url);
      const answer = await receive({
        method: c.req.method,
        path: url.pathname,
        headers: grouped(pairs(c.env.incoming.rawHeaders)),
        queryParameters: grouped([...url.searchParams]),
        body,
      });
      return toResponse(answer);
    });
  }
  return app;
}

/** Nothing when it is larger than the platform takes: the rest is not read. */
async function readBody(c: Context<Env>): Promise<string | undefined> {
  const reader = c.req.raw.body?.getReader();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for (;;) {
    const { done = true, value } = (await reader?.read()) ?? {};
    if (done || !value) return Buffer.concat(chunks).toString('utf8');
    bytes += value.byteLength;
    if (bytes > PlatformLimits.payloadBytes) {
      await reader?.cancel();
      return undefined;
    }
    chunks.push(value);
  }
}

function pairs(rawHeaders: readonly string[]): [string, string][] {
  return rawHeaders.flatMap((name, index): [string, string][] => {
    const value = rawHeaders[index + 1];
    return index % 2 === 0 && value !== undefined ? [[name, value]] : [];
  });
}

function grouped(entries: readonly (readonly [string, string])[]): Record<string, string[]> {
  const groups: Record<string, string[]> = {};
  for (const [name, value] of entries) (groups[name] ??= []).push(value);
  return groups;
}

function toResponse({ statusCode, headers, body }: WebTriggerAnswer): Response {
  const sent = new Headers();
  for (const [name, values] of Object.entries(headers)) {
    for (const value of values) sent.append(name, value);
  }
  const isEmpty = statusCode === 204 || statusCode === 205 || statusCode === 304;
  return new Response(isEmpty ? null : body, { status: statusCode, headers: sent });
}
