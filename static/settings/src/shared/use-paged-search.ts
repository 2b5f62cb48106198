import { useEffect, useRef, useState } from 'react';
import { CallFailure } from '../../../shared/bridge/call';

interface SearchState<T> {
  readonly found?: T | undefined;
  readonly failure?: CallFailure | undefined;
  readonly isRunning: boolean;
}

export interface PagedSearch<T> extends SearchState<T> {
  /** Loads one more page behind those that are shown. */
  readonly more: () => void;
  readonly retry: () => void;
}

/** A search starts when typing pauses for so long. */
export const typingPauseMs = 300;

/**
 * Searches page by page: one call for each text that a person settles on, and the answer to the newest one counts.
 * `place` is whatever else decides what is found; a change of it asks anew.
 */
export function usePagedSearch<T>(search: {
  readonly place: string;
  readonly query: string;
  /** The first page is 1. */
  readonly ask: (page: number) => Promise<T>;
  readonly join: (shown: T, more: T) => T;
}): PagedSearch<T> {
  const { place, query, ask, join } = search;
  const [state, setState] = useState<SearchState<T>>({ isRunning: true });
  const [tries, setTries] = useState(0);
  /** Counts the questions, so that a late answer to an earlier one is dropped. */
  const asked = useRef(0);
  const page = useRef(1);

  async function load(wanted: number, shown: T | undefined): Promise<void> {
    asked.current += 1;
    const question = asked.current;
    try {
      const answer = await ask(wanted);
      if (question !== asked.current) return;
      page.current = wanted;
      setState({ found: shown === undefined ? answer : join(shown, answer), isRunning: false });
    } catch (error) {
      if (question !== asked.current) return;
      const failure = error instanceof CallFailure ? error : new CallFailure('UNEXPECTED');
      setState((before) => ({ ...before, failure, isRunning: false }));
    }
  }

  useEffect(() => {
    setState({ isRunning: true });
    const timer = setTimeout(() => void load(1, undefined), query === '' ? 0 : typingPauseMs);
    return () => {
      clearTimeout(timer);
      asked.current += 1;
    };
  }, [place, query, tries]);

  return {
    ...state,
    more() {
      setState((before) => ({ ...before, failure: undefined, isRunning: true }));
      void load(page.current + 1, state.found);
    },
    retry: () => setTries(tries + 1),
  };
}
