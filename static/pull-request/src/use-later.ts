import { useEffect, useState } from 'react';
import type * as later from './later';

export type Later = typeof later;

/** The optional part of the page, fetched once `isWanted`; 'failed' when it could not be fetched. */
export function useLater(isWanted: boolean): Later | 'failed' | undefined {
  const [later, setLater] = useState<Later | 'failed'>();

  useEffect(() => {
    if (isWanted) import('./later').then(setLater, () => setLater('failed'));
  }, [isWanted]);

  return later;
}
