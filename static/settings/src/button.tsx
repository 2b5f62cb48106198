import type { ReactNode } from 'react';
import { Icon } from '../../shared/components/icon';

interface ButtonProps {
  readonly look?: 'primary' | 'danger' | 'quiet' | undefined;
  readonly isRunning?: boolean | undefined;
  /** Said in place of the words on it, where they would not tell which one it is. */
  readonly label?: string | undefined;
  /** It opens and closes what follows it. */
  readonly isExpanded?: boolean | undefined;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/** A button that keeps its place and its focus while its work runs. */
export function Button(props: ButtonProps) {
  const { look, isRunning = false, label, isExpanded, onClick, children } = props;
  return (
    <button
      type="button"
      className={look ? `button ${look}` : 'button'}
      aria-label={label}
      aria-disabled={isRunning}
      aria-expanded={isExpanded}
      onClick={isRunning ? undefined : onClick}
    >
      {isRunning && <Icon name="refresh" />}
      {children}
    </button>
  );
}
