import userEvent from '@testing-library/user-event';
import type { ComponentType } from 'react';
import { createRoot } from 'react-dom/client';
import { jsx } from 'react/jsx-runtime';
import type { ErrorBody } from '../../../src/contracts/errors';
import type { InputOf, OutputOf, ProcedureName } from '../../../src/contracts/procedures';
import { bridge } from './bridge-stand-in';
import { loadPage, reply } from './open-page';

export type Answers = {
  [N in ProcedureName]?: (
    input: InputOf<N>,
  ) => OutputOf<N> | ErrorBody | Promise<OutputOf<N> | ErrorBody>;
};

/** Draws one section of a settings page over the real bridge package, without the page round it. */
export async function openSection<P extends object>(
  section: ComponentType<P>,
  props: P,
  answers: Answers,
) {
  const all = answers as Readonly<Record<string, ((input: unknown) => unknown) | undefined>>;
  bridge.on('invoke', async (call) => {
    const { functionKey, payload } = call as { functionKey: string; payload: unknown };
    const answer = all[functionKey];
    if (!answer) throw new Error(`No answer for "${functionKey}".`);
    return reply(await answer(payload));
  });
  await loadPage('settings', (page) => {
    document.documentElement.lang = 'en';
    const root = createRoot(page);
    root.render(jsx(section, props));
    return Promise.resolve(root);
  });
  return userEvent.setup();
}

/** What the page sent to one procedure, in order. */
export function inputsOf(name: ProcedureName): unknown[] {
  return bridge
    .calls('invoke')
    .map(({ payload }) => payload as { readonly functionKey: string; readonly payload: unknown })
    .filter(({ functionKey }) => functionKey === name)
    .map(({ payload }) => payload);
}

export const unavailable: ErrorBody = {
  code: 'UNAVAILABLE',
  message: 'The server is away. Try later.',
};

export const denied: ErrorBody = { code: 'FORBIDDEN', message: 'Ask a workspace administrator.' };
