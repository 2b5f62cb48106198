import { useEffect, useRef, type ReactNode } from 'react';
import type { CallFailure } from '../../../shared/bridge/call';
import { Notice } from '../../../shared/components/notice';
import { Button } from '../button';
import { FailureNotice } from '../failure-notice';

interface QuestionProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly confirm: string;
  readonly keep: string;
  readonly look?: 'danger' | 'primary';
  /** False while it is not known what would happen, or not everything is filled in. */
  readonly isReady: boolean;
  readonly isRunning: boolean;
  readonly failure: CallFailure | undefined;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before something is done. The focus comes here, and the keys go on from here; Escape leaves it. */
export function Question(props: QuestionProps) {
  const { title, children, confirm, keep, look = 'danger', isReady, isRunning, failure } = props;
  const { onConfirm, onClose } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);

  return (
    <div
      role="group"
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !isRunning) onClose();
      }}
    >
      <Notice tone="warning">
        <h3 tabIndex={-1} ref={heading}>
          {title}
        </h3>
        {children}
        {failure && <FailureNotice failure={failure} />}
        <div className="row start">
          {isReady && (
            <Button look={look} isRunning={isRunning} onClick={onConfirm}>
              {confirm}
            </Button>
          )}
          <Button onClick={onClose}>{keep}</Button>
        </div>
      </Notice>
    </div>
  );
}
