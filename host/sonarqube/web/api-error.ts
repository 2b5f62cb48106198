import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** An answer other than success, in SonarQube's words. Without a message the body is empty, as for a bad token. */
export class ApiError extends Error {
  constructor(
    readonly status: ContentfulStatusCode,
    message = '',
    /** In place of the list of errors that the message is sent in. */
    readonly body?: unknown,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

export function insufficientPrivileges(): ApiError {
  return new ApiError(403, 'Insufficient privileges');
}
