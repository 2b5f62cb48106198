import type { ReactNode } from 'react';
import type { PullRequestView } from '@contracts/verdict';
import { closedNotes } from '../texts';
import { NextStep } from './next-step';
import { StateLozenge } from './state-lozenge';

interface VerdictHeaderProps {
  readonly view: PullRequestView;
  /** What stands beside the state. */
  readonly children: ReactNode;
}

/** The combined verdict: its word, its reason, and what to do. */
export function VerdictHeader({ view, children }: VerdictHeaderProps) {
  const closed = closedNotes[view.pullRequestState];
  return (
    <div className="stack">
      <div className="row header">
        <StateLozenge state={view.state} />
        {children}
      </div>
      <p>{view.reason}</p>
      <NextStep text={view.nextStep} />
      {closed && <p className="hint">{closed}</p>}
    </div>
  );
}
