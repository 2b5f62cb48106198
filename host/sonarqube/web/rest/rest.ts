import { Hono, type Context } from 'hono';
import type * as z from 'zod';
import { ApiError } from '../api-error';
import { findCaller, requireAccess, rightsOf, type Access, type Caller } from '../authentication';
import { createParameters, type Parameters } from '../parameters';
import type { Rights } from '../rights';
import type { Server } from '../server';

export interface RestCall {
  readonly query: Parameters;
  /** Checks the JSON body. @throws ApiError 400 */
  readonly body: <T>(schema: z.ZodType<T>) => T;
  /** A part of the path. */
  readonly part: (name: string) => string;
  readonly caller: Caller;
  readonly rights: Rights;
}

/** An operation of the newer style: JSON in both directions, resources in the path. */
export interface RestOperation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** In Hono's form, behind the base. */
  readonly route: string;
  readonly access: Exclude<Access, 'anyone'>;
  /** Of an answer with a body; default 200. */
  readonly status?: 200 | 201;
  /** Answers the body; `undefined` is sent as 204. */
  readonly answer: (call: RestCall) => unknown;
}

function toErrorResponse(error: unknown): Response {
  if (!(error instanceof ApiError)) {
    console.error('The SonarQube stand-in failed:', error);
    return Response.json({ message: 'An error has occurred.' }, { status: 500 });
  }
  if (error.message === '') return new Response(null, { status: error.status });
  const message = error.status === 403 ? 'Access denied' : error.message;
  return Response.json({ message }, { status: error.status });
}

function parse(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    throw new ApiError(400, 'The body is not readable JSON.');
  }
}

async function answer(server: Server, operation: RestOperation, { req }: Context) {
  if (server.settings.status !== 'UP') throw new ApiError(503, 'SonarQube is not up yet.');
  const caller = findCaller(server, req.raw);
  requireAccess(caller, operation.access);
  const body = parse(await req.text());
  const value = await operation.answer({
    query: createParameters(new URL(req.url).searchParams),
    body(schema) {
      const read = schema.safeParse(body);
      if (read.success) return read.data;
      const [issue] = read.error.issues;
      throw new ApiError(400, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is wrong'}`);
    },
    part: (name) => req.param(name) ?? '',
    caller,
    rights: rightsOf(caller),
  });
  if (value === undefined) return new Response(null, { status: 204 });
  return Response.json(value, { status: operation.status ?? 200 });
}

export type Serve = (request: Request) => Response | Promise<Response>;

/** Serves operations below a base such as `/sonar/api/v2`; any other path there is answered with 501. */
export function createRest(
  server: Server,
  base: string,
  operations: readonly RestOperation[],
): Serve {
  const app = new Hono();
  for (const operation of operations) {
    app.on(operation.method, `${base}${operation.route}`, (context) =>
      answer(server, operation, context).catch(toErrorResponse),
    );
  }
  app.all('*', () =>
    Response.json({ message: 'This stand-in does not emulate this operation.' }, { status: 501 }),
  );
  return (request) => app.fetch(request);
}

/** Reads `pageIndex` and `pageSize` and cuts the page. @throws ApiError 400 */
export function cutRestPage<T>(all: readonly T[], query: Parameters) {
  const read = (name: string, absent: number) => {
    const text = query.find(name) ?? String(absent);
    if (!/^\d+$/u.test(text)) throw new ApiError(400, `${name} must be a number.`);
    return Number(text);
  };
  const pageIndex = read('pageIndex', 1);
  const pageSize = read('pageSize', 50);
  if (pageIndex < 1 || pageSize > 500) throw new ApiError(400, 'The page is out of range.');
  const offset = (pageIndex - 1) * pageSize;
  return {
    entries: all.slice(offset, offset + pageSize),
    page: { pageIndex, pageSize, total: all.length },
  };
}
