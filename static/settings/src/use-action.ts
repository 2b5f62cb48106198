import { useState } from 'react';
import { CallFailure } from '../../shared/bridge/call';

export interface Action {
  readonly isRunning: boolean;
  readonly failure: CallFailure | undefined;
  /** Runs the work unless one is running; a failure is kept until the next run. */
  readonly run: (work: () => Promise<void>) => void;
}

/** One thing that a person can start, with its progress and its failure. */
export function useAction(): Action {
  const [state, setState] = useState<{
    readonly isRunning: boolean;
    readonly failure?: CallFailure;
  }>({ isRunning: false });

  function run(work: () => Promise<void>): void {
    if (state.isRunning) return;
    setState({ isRunning: true });
    work().then(
      () => setState({ isRunning: false }),
      (error: unknown) =>
        setState({
          isRunning: false,
          failure: error instanceof CallFailure ? error : new CallFailure('UNEXPECTED'),
        }),
    );
  }

  return { isRunning: state.isRunning, failure: state.failure, run };
}
