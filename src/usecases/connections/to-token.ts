import { AppError } from '../../errors/app-error';

/**
 * The token as it was copied, without the white space around it. Tokens are visible ASCII; others do not fit into a
 * header, and the error of that would repeat them.
 * @throws {AppError} INVALID_INPUT in words that do not repeat it.
 */
export function toToken(text: string | undefined): string {
  const token = text?.trim() ?? '';
  if (/^[!-~]+$/.test(token)) return token;
  throw new AppError(
    'INVALID_INPUT',
    'The token is empty or has characters that no token has. Copy it again, whole and alone.',
  );
}
