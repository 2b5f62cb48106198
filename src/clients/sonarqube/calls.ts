import type * as z from 'zod/mini';
import type { ServerAccess } from '../../domain/connection';
import { RemoteNotFoundError } from '../../errors/remote-errors';
import type { Http, HttpCall } from '../http/http';
import type { HttpResponse } from '../http/response';
import { sonarQubeCallLimits } from './limits';
import { toAuthorization } from './server-version';

export type Fetch = (url: string, init: RequestInit) => Promise<HttpResponse>;
export type Parameters = Readonly<Record<string, string | number | undefined>>;

/** Calls of one server's Web API by operation, such as `issues/search`. */
export interface Calls {
  get<S extends z.ZodMiniType>(
    operation: string,
    parameters: Parameters,
    schema: S,
  ): Promise<z.output<S>>;
  /** The same without another try, for operations where a fault is an answer. */
  getOnce: Calls['get'];
  /** Parameters travel in the body, as those in a query end up in access logs. */
  post(operation: string, parameters: Parameters): Promise<void>;
}

/** `onHeaders` sees the headers of every answer that is a success. */
export function createCalls(
  http: Http,
  fetch: Fetch,
  access: ServerAccess,
  onHeaders?: HttpCall['onHeaders'],
): Calls {
  const { connection } = access;
  const headers = { authorization: toAuthorization(access), accept: 'application/json' };

  function toCall(operation: string, isIdempotent: boolean, send: HttpCall['send']): HttpCall {
    return {
      service: 'sonarqube',
      credential: connection.connectionId,
      operation,
      host: new URL(connection.url).host,
      isIdempotent,
      limits: sonarQubeCallLimits,
      send,
      ...(onHeaders && { onHeaders }),
    };
  }

  function toGet(operation: string, parameters: Parameters): HttpCall {
    const query = toForm(parameters).toString();
    const url = `${connection.url}/api/${operation}${query && `?${query}`}`;
    // A redirect is never followed, so that the token cannot travel to another host.
    return toCall(operation, true, (signal) => fetch(url, { headers, signal, redirect: 'manual' }));
  }

  return {
    get: (operation, parameters, schema) => http.readJson(toGet(operation, parameters), schema),
    getOnce: (operation, parameters, schema) =>
      http.readJson({ ...toGet(operation, parameters), isIdempotent: false }, schema),
    post: (operation, parameters) =>
      http.send(
        toCall(operation, false, (signal) =>
          fetch(`${connection.url}/api/${operation}`, {
            method: 'POST',
            headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
            body: toForm(parameters).toString(),
            signal,
            redirect: 'manual',
          }),
        ),
      ),
  };
}

function toForm(parameters: Parameters): URLSearchParams {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) form.set(name, String(value));
  }
  return form;
}

/** `undefined` for what the server does not know. @throws {RemoteError} for everything else. */
export async function unlessUnknown<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof RemoteNotFoundError) return undefined;
    throw error;
  }
}
