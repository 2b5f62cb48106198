import { GitError } from '../git/run-git';
import type { ErrorBody } from '../published';

/** An answer that is not a success, in Bitbucket's standard form. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  constructor(
    readonly status: number,
    message: string,
    readonly more: { readonly detail?: string; readonly data?: Record<string, unknown> } = {},
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

export function repositoryNotFound(): ApiError {
  return new ApiError(
    404,
    'You may not have access to this repository or it no longer exists in this workspace. If you think this repository exists and you have access, make sure you are authenticated.',
  );
}

export function notFound(message = 'Resource not found'): ApiError {
  return new ApiError(404, message);
}

export function badRequest(message: string): ApiError {
  return new ApiError(400, message);
}

/** The standard answer for an error; what is not expected becomes a 500 that keeps the reason for the log. */
export function toErrorResponse(error: unknown): Response {
  const apiError = toApiError(error);
  const body: ErrorBody = {
    type: 'error',
    error: { message: apiError.message, ...apiError.more },
  };
  return Response.json(body, { status: apiError.status, headers: { ...apiError.headers } });
}

function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof GitError) {
    // Bitbucket's own status for "I ran out of time".
    if (error.kind === 'timeout' || error.kind === 'tooLarge')
      return new ApiError(555, 'The request took too long to complete.', { detail: error.message });
    if (error.kind === 'failed') return notFound('Commit not found');
  }
  console.error('Bitbucket stand-in:', error);
  return new ApiError(500, 'Something went wrong', {
    detail: error instanceof Error ? error.message : String(error),
  });
}
