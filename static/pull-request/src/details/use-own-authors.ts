import { useEffect, useState } from 'react';
import type { InputOf } from '@contracts/procedures';
import { call } from '../../../shared/bridge/call';

/** Under which names the server knows the viewer, asked for once it is wanted. */
export type OwnAuthors = 'idle' | 'loading' | 'failed' | ReadonlySet<string>;

export function useOwnAuthors(claim: InputOf<'pullRequest.view'>, isWanted: boolean): OwnAuthors {
  const [authors, setAuthors] = useState<OwnAuthors>('idle');
  const isKnown = typeof authors === 'object';
  useEffect(() => {
    if (!isWanted || isKnown) return;
    let isCurrent = true;
    setAuthors('loading');
    call('pullRequest.mine', claim).then(
      (answer) => {
        if (isCurrent) setAuthors(new Set(answer.authors));
      },
      () => {
        if (isCurrent) setAuthors('failed');
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [claim, isWanted]);
  return authors;
}
