import type { OutputOf } from '@contracts/procedures';
import { useEffect, useRef, useState } from 'react';
import { call, CallFailure } from '../../../shared/bridge/call';

type Found = OutputOf<'repository.searchProjects'>;

interface SearchState {
  readonly found?: Found | undefined;
  readonly failure?: CallFailure | undefined;
  readonly isRunning: boolean;
}

export interface ProjectSearch extends SearchState {
  /** Loads one more page behind those that are shown. */
  readonly more: () => void;
  readonly retry: () => void;
}

/** A search starts when typing pauses for so long. */
export const typingPauseMs = 300;

/** Searches projects: one call for each text that a person settles on, and the answer to the newest one counts. */
export function useProjectSearch(input: {
  readonly repositoryUuid: string;
  readonly connectionId: string;
  readonly query: string;
}): ProjectSearch {
  const { repositoryUuid, connectionId, query } = input;
  const [state, setState] = useState<SearchState>({ isRunning: true });
  const [tries, setTries] = useState(0);
  /** Counts the questions, so that a late answer to an earlier one is dropped. */
  const asked = useRef(0);
  const page = useRef(1);

  async function ask(wanted: number, shown: Found | undefined): Promise<void> {
    asked.current += 1;
    const question = asked.current;
    try {
      const answer = await call('repository.searchProjects', { ...input, page: wanted });
      if (question !== asked.current) return;
      page.current = wanted;
      const found = {
        ...answer,
        projects: [...(shown?.projects ?? []), ...answer.projects],
        locked: (shown?.locked ?? 0) + answer.locked,
      };
      setState({ found, isRunning: false });
    } catch (error) {
      if (question !== asked.current) return;
      const failure = error instanceof CallFailure ? error : new CallFailure('UNEXPECTED');
      setState((before) => ({ ...before, failure, isRunning: false }));
    }
  }

  useEffect(() => {
    setState({ isRunning: true });
    const timer = setTimeout(() => void ask(1, undefined), query === '' ? 0 : typingPauseMs);
    return () => {
      clearTimeout(timer);
      asked.current += 1;
    };
  }, [repositoryUuid, connectionId, query, tries]);

  return {
    ...state,
    more() {
      setState((before) => ({ ...before, failure: undefined, isRunning: true }));
      void ask(page.current + 1, state.found);
    },
    retry: () => setTries(tries + 1),
  };
}
