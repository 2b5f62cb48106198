import { useEffect, useRef, useState } from 'react';
import { CallFailure } from '../../shared/bridge/call';

interface LoadedState<T> {
  readonly value?: T | undefined;
  readonly failure?: CallFailure | undefined;
  readonly isRunning: boolean;
}

export interface Loaded<T> extends LoadedState<T> {
  /** Reads again; what is shown stays until the answer. */
  readonly reload: () => void;
  /** Takes a newer value that came by another way. */
  readonly replace: (value: T) => void;
}

/** Reads once for each `key` and forgets what an earlier key gave; a late answer to an earlier question is dropped. */
export function useLoaded<T>(key: string, read: () => Promise<T>): Loaded<T> {
  const [state, setState] = useState<LoadedState<T>>({ isRunning: true });
  const asked = useRef(0);

  function ask(): void {
    asked.current += 1;
    const question = asked.current;
    read().then(
      (value) => {
        if (question === asked.current) setState({ value, isRunning: false });
      },
      (error: unknown) => {
        if (question !== asked.current) return;
        const failure = error instanceof CallFailure ? error : new CallFailure('UNEXPECTED');
        setState((before) => ({ ...before, failure, isRunning: false }));
      },
    );
  }

  useEffect(() => {
    setState({ isRunning: true });
    ask();
    return () => {
      asked.current += 1;
    };
  }, [key]);

  return {
    ...state,
    reload() {
      setState((before) => ({ ...before, failure: undefined, isRunning: true }));
      ask();
    },
    replace(value) {
      asked.current += 1;
      setState({ value, isRunning: false });
    },
  };
}
