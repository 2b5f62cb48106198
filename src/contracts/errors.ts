import * as z from 'zod/mini';

/** The closed set of outcomes that a page can be told about; pages map codes to help, never parse messages. */
export const ErrorCode = z.enum([
  'INVALID_INPUT',
  'NOT_SIGNED_IN',
  'FORBIDDEN',
  'NOT_FOUND',
  'CONFLICT',
  'RATE_LIMITED',
  'UNAVAILABLE',
  'UNEXPECTED',
]);
export type ErrorCode = z.infer<typeof ErrorCode>;

/** What a page gets when a procedure fails: a code, a sentence safe to show, and when to try again. */
export const ErrorBody = z.strictObject({
  code: ErrorCode,
  message: z.string(),
  retryAfterSeconds: z.optional(z.number()),
});
export type ErrorBody = z.infer<typeof ErrorBody>;
