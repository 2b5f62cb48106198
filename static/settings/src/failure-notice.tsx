import type { CallFailure, FailureCode } from '../../shared/bridge/call';
import { Notice } from '../../shared/components/notice';

const titles: Readonly<Record<FailureCode, string>> = {
  FORBIDDEN: 'You may not change these settings',
  NOT_FOUND: 'Not found',
  NOT_SIGNED_IN: 'You are not signed in',
  RATE_LIMITED: 'Too many requests',
  UNAVAILABLE: 'A service did not answer',
  CONFLICT: 'Somebody else was first',
  INVALID_INPUT: 'This was not understood',
  PLATFORM: 'Gatehouse did not answer',
  UNEXPECTED: 'Something went wrong',
};

/** What to do where the function gave no sentence of its own. */
const fallback = 'Try again. If this stays, tell a workspace administrator when it happened.';

interface FailureNoticeProps {
  readonly failure: CallFailure;
  /** Absent where trying the same again cannot help. */
  readonly onRetry?: (() => void) | undefined;
}

/** Why something did not work, in the function's own sentence, and a way to try again. */
export function FailureNotice({ failure, onRetry }: FailureNoticeProps) {
  return (
    <div role="alert">
      <Notice tone="warning" title={titles[failure.code]}>
        <p>{failure.message === '' ? fallback : failure.message}</p>
        {onRetry && (
          <button type="button" className="button" onClick={onRetry}>
            Try again
          </button>
        )}
      </Notice>
    </div>
  );
}
