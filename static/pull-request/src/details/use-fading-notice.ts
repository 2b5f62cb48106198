import { useEffect, useState } from 'react';
import type { RefreshNotice } from '../live/live-view';

const shownForMs = 10_000;

/** The outcome of a refresh for as long as it is news; "try again in 40 s" for as long as it is true. */
export function useFadingNotice(notice: RefreshNotice | undefined): RefreshNotice | undefined {
  const [faded, setFaded] = useState<RefreshNotice>();

  useEffect(() => {
    if (!notice) return;
    const delayMs = Math.max(shownForMs, (notice.retryAfterSeconds ?? 0) * 1000);
    const timer = setTimeout(() => setFaded(notice), delayMs);
    return () => clearTimeout(timer);
  }, [notice]);

  return notice === faded ? undefined : notice;
}
