import { useEffect, useState } from 'react';
import type { LiveSnapshot } from '../live/live-view';
import { detailTexts, refreshText } from './texts';

interface Announced {
  /** The verdict in words and the count of the refresh notice that were dealt with last. */
  readonly verdict: string | undefined;
  readonly noticeCount: number;
  readonly text: string;
}

/** What to tell after `last`: how a refresh ended, and that the verdict changed. */
export function announce(last: Announced, { view, notice }: LiveSnapshot): Announced {
  const verdict = view ? detailTexts.stateChanged(view.state, view.reason) : last.verdict;
  const noticeCount = notice?.count ?? 0;
  const parts = [
    notice && noticeCount !== last.noticeCount ? `${refreshText(notice)}.` : '',
    // The first verdict is simply there to be read.
    last.verdict !== undefined && verdict !== last.verdict ? verdict : '',
  ];
  const said = parts.filter(Boolean).join(' ');
  if (!said) return { ...last, verdict, noticeCount };
  // Readers stay silent when a region gets the text that it has: a no-break space makes it another one.
  return { verdict, noticeCount, text: said === last.text ? `${said}\u00A0` : said };
}

/** What a screen reader is told without being asked. */
export function useAnnouncement(snapshot: LiveSnapshot): string {
  const [announced, setAnnounced] = useState<Announced>({
    verdict: undefined,
    noticeCount: 0,
    text: '',
  });
  useEffect(() => setAnnounced((last) => announce(last, snapshot)), [snapshot]);
  return announced.text;
}
