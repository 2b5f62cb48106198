import { useRef, useState } from 'react';
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

  // Beside the state: whoever kept `run` of an earlier drawing would see what was true then.
  const isRunning = useRef(false);

  function end(failure?: CallFailure): void {
    isRunning.current = false;
    setState({ isRunning: false, ...(failure && { failure }) });
  }

  function run(work: () => Promise<void>): void {
    if (isRunning.current) return;
    isRunning.current = true;
    setState({ isRunning: true });
    work().then(
      () => end(),
      (error: unknown) => end(error instanceof CallFailure ? error : new CallFailure('UNEXPECTED')),
    );
  }

  return { isRunning: state.isRunning, failure: state.failure, run };
}
