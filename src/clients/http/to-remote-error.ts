import {
  RemoteContractError,
  RemoteEgressBlockedError,
  RemoteForbiddenError,
  RemoteNotFoundError,
  RemoteRateLimitedError,
  RemoteRejectedError,
  RemoteUnauthorizedError,
  RemoteUnavailableError,
  type NoAnswer,
  type RemoteCall,
  type RemoteError,
} from '../../errors/remote-errors';
import { BodyTooLargeError } from './read-body';
import type { HttpResponse } from './response';
import { toRetryAfterSeconds } from './retry-after';

export interface CallPlace {
  readonly call: RemoteCall;
  readonly host: string;
}

/** The platform's mark on an answer that it made itself because the host is not allowed (forge-runtime.md 5). */
const platformErrorHeader = 'forge-proxy-error';
const egressErrorName = 'REQUEST_EGRESS_ALLOWLIST_ERR';

/** The error that a status stands for; `undefined` for a success. */
export function toStatusError(
  response: HttpResponse,
  { call, host }: CallPlace,
  nowMs: number,
): RemoteError | undefined {
  const { status, headers } = response;
  const retryAfterSeconds = toRetryAfterSeconds(headers.get('retry-after'), nowMs);
  const isPage = headers.get('content-type')?.includes('html') ?? false;
  const details = { status, retryAfterSeconds, isPage };
  if (response.ok) return undefined;
  if (status === 403 && headers.get(platformErrorHeader) === 'BLOCKED_EGRESS') {
    return new RemoteEgressBlockedError(call, host, details);
  }
  // With manual redirects some runtimes hide the status and answer 0.
  if (status === 0 || (status >= 300 && status < 400)) {
    return new RemoteContractError(call, 'redirect', details);
  }
  if (status === 401) return new RemoteUnauthorizedError(call, `status ${status}`, details);
  if (status === 403) return new RemoteForbiddenError(call, `status ${status}`, details);
  if (status === 404) return new RemoteNotFoundError(call, `status ${status}`, details);
  if (status === 429) return new RemoteRateLimitedError(call, `status ${status}`, details);
  if (status >= 500) return new RemoteUnavailableError(call, `status ${status}`, details);
  return new RemoteRejectedError(call, `status ${status}`, details);
}

/** The error that a failed transport stands for. The cause is kept for the log, which redacts it. */
export function toTransportError(cause: unknown, { call, host }: CallPlace): RemoteError {
  if (cause instanceof BodyTooLargeError) {
    return new RemoteContractError(call, 'tooLarge', { cause });
  }
  const { name } = toFault(cause);
  if (name === egressErrorName) return new RemoteEgressBlockedError(call, host, { cause });
  if (name === 'TimeoutError' || name === 'AbortError') {
    return new RemoteUnavailableError(call, 'no answer in time', { cause, noAnswer: 'timeout' });
  }
  return new RemoteUnavailableError(call, 'no connection', { cause, noAnswer: toNoAnswer(cause) });
}

const slowCodes = new Set(['ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT']);
const tlsCodes = /^(?:CERT_|ERR_TLS_|ERR_SSL_|EPROTO$|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

/** By the codes that Node.js gives the error, or the error that caused it, or that one's cause. */
function toNoAnswer(error: unknown): NoAnswer {
  for (let fault = toFault(error), depth = 0; depth < 4; depth += 1) {
    const { code = '' } = fault;
    if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'nameResolution';
    if (code === 'ECONNREFUSED') return 'connectionRefused';
    if (slowCodes.has(code)) return 'timeout';
    if (tlsCodes.test(code)) return 'tls';
    if (fault.cause === undefined) break;
    fault = toFault(fault.cause);
  }
  return 'network';
}

interface Fault {
  readonly name?: string;
  readonly code?: string;
  readonly cause?: unknown;
}

/** What an error says of itself; it may come from another realm, where it is an instance of another `Error`. */
function toFault(error: unknown): Fault {
  if (typeof error !== 'object' || error === null) return {};
  const { name, code, cause } = error as Record<keyof Fault, unknown>;
  return {
    ...(typeof name === 'string' && { name }),
    ...(typeof code === 'string' && { code }),
    cause,
  };
}
