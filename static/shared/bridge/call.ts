import type { ErrorBody, ErrorCode } from '@contracts/errors';
import type { InputOf, OutputOf, ProcedureName } from '@contracts/procedures';
import type { Reply } from '@contracts/reply';
import { invoke } from './forge-bridge';

/** Longer than the platform lets a function run, so that only a lost answer meets it. */
export const callTimeoutMs = 30_000;

/** `PLATFORM`: the function was not reached or gave no answer, so no code of ours exists. */
export type FailureCode = ErrorCode | 'PLATFORM';

/** A procedure that did not succeed: the code decides what the page shows, the message is safe to show. */
export class CallFailure extends Error {
  override readonly name = 'CallFailure';

  constructor(
    readonly code: FailureCode,
    message = '',
    readonly retryAfterSeconds?: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

function toFailure(error: ErrorBody): CallFailure {
  return new CallFailure(error.code, error.message, error.retryAfterSeconds);
}

function isReply(answer: unknown): answer is Reply<unknown> {
  if (typeof answer !== 'object' || answer === null || !('ok' in answer)) return false;
  return answer.ok === true ? 'data' in answer : 'error' in answer;
}

function answerInTime(answer: Promise<unknown>): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new CallFailure('PLATFORM')), callTimeoutMs);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/**
 * Calls a procedure of the app. The function checks input and output against the contract, so the page only
 * checks the envelope.
 * @throws {CallFailure} whatever went wrong.
 */
export async function call<N extends ProcedureName>(
  name: N,
  input: InputOf<N>,
): Promise<OutputOf<N>> {
  let answer: unknown;
  try {
    answer = await answerInTime(invoke(name, input));
  } catch (cause) {
    throw new CallFailure('PLATFORM', '', undefined, { cause });
  }
  if (!isReply(answer)) throw new CallFailure('UNEXPECTED');
  if (!answer.ok) throw toFailure(answer.error);
  return answer.data as OutputOf<N>;
}
