import type * as z from 'zod/mini';
import type { Credential } from '../../domain/call-budget';
import type { Clock } from '../../domain/ports/clock';
import type { Log } from '../../domain/ports/log';
import {
  RemoteContractError,
  RemoteError,
  RemoteRateLimitedError,
  RemoteRejectedError,
  RemoteUnavailableError,
  type RemoteCall,
} from '../../errors/remote-errors';
import type { CallLimits } from './limits';
import { readBody } from './read-body';
import type { HttpResponse } from './response';
import { readSentence } from './read-sentence';
import { toStatusError, toTransportError } from './to-remote-error';

export interface HttpCall extends RemoteCall {
  /** Whose calls it is one of; absent where nobody counts, as before a connection is stored. */
  readonly credential?: Credential | undefined;
  /** Host for messages about an address that is not allowed. */
  readonly host: string;
  /** Only calls that may be repeated without harm are. */
  readonly isIdempotent: boolean;
  readonly limits: CallLimits;
  readonly send: (signal: AbortSignal) => Promise<HttpResponse>;
  /** Sees the headers of a success, which say more than the body on some services. */
  readonly onHeaders?: (headers: HttpResponse['headers']) => void;
}

/** Calls to other services: time-out, bounded retry, size limit, and errors by what a caller can do about them. */
export interface Http {
  /** @throws {RemoteError} */
  readJson<S extends z.ZodMiniType>(call: HttpCall, schema: S): Promise<z.output<S>>;
  /** For answers whose body does not matter. @throws {RemoteError} */
  send(call: HttpCall): Promise<void>;
}

export interface HttpOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly sleep: (delayMs: number) => Promise<void>;
  /** Errors of the platform that must reach it untouched, such as the request for a user's consent. */
  readonly isPassedThrough?: (error: unknown) => boolean;
  /** Sees every try: the headers of its answer, or nothing when there was none. */
  readonly onAnswer?: (headers: HttpResponse['headers'] | undefined, call: HttpCall) => void;
}

interface Answer {
  readonly text: string;
  readonly contentType: string;
}

const firstWaitMs = 200;

export function createHttp(options: HttpOptions): Http {
  const { clock, log, sleep, isPassedThrough = () => false } = options;

  async function tryOnce(call: HttpCall, timeoutMs: number): Promise<Answer> {
    const place = { call: { service: call.service, operation: call.operation }, host: call.host };
    const startedAtMs = clock.nowMs();
    let status: number | undefined;
    let headers: HttpResponse['headers'] | undefined;
    try {
      const response = await call.send(AbortSignal.timeout(timeoutMs));
      ({ status, headers } = response);
      const failure = toStatusError(response, place, clock.nowMs());
      if (failure instanceof RemoteRejectedError) throw await withSentence(failure, response);
      if (failure) {
        await response.body?.cancel();
        throw failure;
      }
      call.onHeaders?.(response.headers);
      return {
        text: await readBody(response, call.limits.maxAnswerBytes),
        contentType: response.headers.get('content-type') ?? '',
      };
    } catch (error) {
      if (isPassedThrough(error) || error instanceof RemoteError) throw error;
      throw toTransportError(error, place);
    } finally {
      options.onAnswer?.(headers, call);
      log.info('remote call', {
        service: call.service,
        operation: call.operation,
        status,
        durationMs: clock.nowMs() - startedAtMs,
      });
    }
  }

  async function fetchAnswer(call: HttpCall): Promise<Answer> {
    const { limits, isIdempotent } = call;
    const endsAtMs = clock.nowMs() + limits.timeoutMs;
    for (let tries = 1; ; tries += 1) {
      try {
        return await tryOnce(call, Math.max(1, endsAtMs - clock.nowMs()));
      } catch (error) {
        const waitMs = isIdempotent && tries < limits.maxTries ? toWaitMs(error, tries) : undefined;
        const isInTime =
          waitMs !== undefined &&
          waitMs <= limits.longestWaitMs &&
          clock.nowMs() + waitMs < endsAtMs;
        if (!isInTime) throw error;
        await sleep(waitMs);
      }
    }
  }

  return {
    async readJson(call, schema) {
      const { text, contentType } = await fetchAnswer(call);
      const parsed = schema.safeParse(parseJson(call, text, contentType));
      if (!parsed.success) throw new RemoteContractError(call, 'shape', { cause: parsed.error });
      return parsed.data;
    },
    async send(call) {
      await fetchAnswer(call);
    },
  };
}

async function withSentence(
  { call, status, isPage }: RemoteRejectedError,
  response: HttpResponse,
): Promise<RemoteRejectedError> {
  const serverSentence = await readSentence(response);
  return new RemoteRejectedError(call, `status ${status}`, { status, isPage, serverSentence });
}

/** How long to wait before a failed call is worth another try; `undefined` when it is not. */
function toWaitMs(error: unknown, tries: number): number | undefined {
  if (error instanceof RemoteRateLimitedError) {
    // Without a hint, another try would only make it worse.
    return error.retryAfterSeconds === undefined ? undefined : error.retryAfterSeconds * 1000;
  }
  if (!(error instanceof RemoteUnavailableError)) return undefined;
  const isSlow = error.cause instanceof Error && error.cause.name === 'TimeoutError';
  if (isSlow) return undefined;
  const hintedMs = (error.retryAfterSeconds ?? 0) * 1000;
  return Math.max(hintedMs, firstWaitMs * 2 ** (tries - 1));
}

function parseJson(call: RemoteCall, text: string, contentType: string): unknown {
  if (text.trim() === '') throw new RemoteContractError(call, 'empty');
  if (contentType.includes('html') || text.trimStart().startsWith('<')) {
    throw new RemoteContractError(call, 'notJson');
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new RemoteContractError(call, 'incomplete', { cause });
  }
}
