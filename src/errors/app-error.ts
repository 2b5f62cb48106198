import type { ErrorCode } from '../contracts/errors';

export interface AppErrorDetails {
  readonly retryAfterSeconds?: number | undefined;
  readonly cause?: unknown;
}

/** An outcome that a person should hear about: the message is a sentence that is safe to show. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, message: string, details: AppErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.name = 'AppError';
    this.code = code;
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}
