import type { CallFailure } from '../../shared/bridge/call';
import { texts } from './texts';
import { useLater } from './use-later';

interface FailureProps {
  readonly failure: CallFailure;
  /** Something known is still shown below. */
  readonly isViewShown: boolean;
  readonly onRetry: () => void;
}

/** Why the page could not read, with help. The help comes later than the page, and one sentence stands in for it. */
export function Failure(props: FailureProps) {
  const later = useLater(true);
  if (later === 'failed') return <p>{texts.partMissing}</p>;
  return later ? <later.FailureNotice {...props} /> : null;
}
