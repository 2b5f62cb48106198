import { inspect } from 'node:util';
import type { InvocationFault } from './invocation';

/** Error names that the platform tells apart; all others are `FUNCTION_ERR`. */
const knownNames = new Set([
  'REQUEST_EGRESS_ALLOWLIST_ERR',
  'FUNCTION_FETCH_ERR',
  'NEEDS_AUTHENTICATION_ERR',
  'PROXY_ERR',
  'SEND_EMAIL_ERR',
  'API_NOT_READY_ERR',
]);
/** Of these the platform, not the app's code, is the cause. */
const platformNames = new Set(['PROXY_ERR', 'API_NOT_READY_ERR']);

/** What was thrown by a function, in the form of the runner protocol. */
export function toInvocationFault(thrown: unknown): InvocationFault {
  const { name, message, stack, serviceKey, options } = membersOf(thrown);
  const errorType = knownNames.has(name) ? name : 'FUNCTION_ERR';
  return {
    errorMessage: message,
    errorType,
    isHostedCodeError: !platformNames.has(errorType),
    stack: stack === undefined ? [] : stack.split('\n'),
    ...(serviceKey === undefined ? {} : { serviceKey }),
    ...(options === undefined ? {} : { options }),
  };
}

function membersOf(thrown: unknown) {
  if (!(thrown instanceof Error)) {
    return { name: '', message: typeof thrown === 'string' ? thrown : inspect(thrown) };
  }
  const { name, message, stack } = thrown;
  const serviceKey =
    'serviceKey' in thrown && typeof thrown.serviceKey === 'string' ? thrown.serviceKey : undefined;
  return {
    name,
    message,
    stack,
    serviceKey,
    options: 'options' in thrown ? thrown.options : undefined,
  };
}
