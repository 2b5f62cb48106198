import type { CallFailure } from '../../../shared/bridge/call';
import { Notice } from '../../../shared/components/notice';
import { errorHelp } from './error-help';
import { detailTexts } from './texts';

interface FailureNoticeProps {
  readonly failure: CallFailure;
  /** Something known is still shown below. */
  readonly isViewShown: boolean;
  readonly onRetry: () => void;
}

/** Why the page could not read, what to do about it, and a way to try again. */
export function FailureNotice({ failure, isViewShown, onRetry }: FailureNoticeProps) {
  const { title, help } = errorHelp[failure.code];
  return (
    <Notice tone="warning" title={title}>
      <p>
        {help} {failure.retryAfterSeconds && detailTexts.retryIn(failure.retryAfterSeconds)}{' '}
        {isViewShown && detailTexts.shownBelow}
      </p>
      <button type="button" className="button" onClick={onRetry}>
        {detailTexts.retry}
      </button>
    </Notice>
  );
}
