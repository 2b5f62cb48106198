import { useEffect, useState } from 'react';
import type { InputOf, OutputOf } from '@contracts/procedures';
import { call } from '../../../shared/bridge/call';

type Claim = InputOf<'pullRequest.view'>;
type AllIssues = OutputOf<'pullRequest.issues'>;

export type IssuesRequest = 'idle' | 'loading' | 'failed' | AllIssues;

/**
 * Every stored issue of one project, asked for once `isWanted` and again when the verdict has changed; a list
 * that is already shown stays until the newer one is there.
 */
export function useAllIssues(
  claim: Claim,
  projectKey: string,
  sequence: number,
  isWanted: boolean,
): IssuesRequest {
  const [request, setRequest] = useState<IssuesRequest>('idle');

  useEffect(() => {
    if (!isWanted) return;
    let isCurrent = true;
    setRequest((known) => (typeof known === 'string' ? 'loading' : known));
    call('pullRequest.issues', { ...claim, projectKey }).then(
      (all) => {
        if (isCurrent) setRequest(all);
      },
      () => {
        if (isCurrent) setRequest('failed');
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [claim, projectKey, sequence, isWanted]);

  return request;
}
