import type { ReactNode } from 'react';
import { Icon } from './icon';

interface NoticeProps {
  readonly tone: 'information' | 'warning' | 'danger';
  readonly title?: string | undefined;
  readonly children: ReactNode;
}

/** A short remark set apart from the text round it. */
export function Notice({ tone, title, children }: NoticeProps) {
  return (
    <div className={`notice ${tone}`}>
      <Icon name={tone === 'information' ? 'information' : 'warning'} />
      <div>
        {title && <p className="strong">{title}</p>}
        {children}
      </div>
    </div>
  );
}
