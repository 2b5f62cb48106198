import userEvent from '@testing-library/user-event';
import type { ErrorBody } from '../../../src/contracts/errors';
import type { InputOf, OutputOf, ProcedureName } from '../../../src/contracts/procedures';
import { startPage } from '../../../static/settings/src/start-page';
import { bridge } from './bridge-stand-in';
import { loadPage, reply } from './open-page';

/** What the function answers by procedure: an output, an error, or a promise that is settled later. */
export type SettingsAnswers = {
  [N in ProcedureName]?: (
    input: InputOf<N>,
  ) => OutputOf<N> | ErrorBody | Promise<OutputOf<N> | ErrorBody>;
};

/** Opens a settings page of the app with these answers, and a person to use it. */
export async function openSettings(
  context: Readonly<Record<string, unknown>>,
  answers: SettingsAnswers,
) {
  const defaults = { 'connection.usage': () => ({}), 'connection.messages': () => ({}) };
  const all = { ...defaults, ...answers } as Readonly<
    Record<string, ((input: unknown) => unknown) | undefined>
  >;
  bridge.on('getContext', () => ({ locale: 'en-US', timezone: 'UTC', ...context }));
  bridge.on('invoke', async (call) => {
    const { functionKey, payload } = call as { functionKey: string; payload: unknown };
    const answer = all[functionKey];
    if (!answer) throw new Error(`No answer for "${functionKey}".`);
    return reply(await answer(payload));
  });
  await loadPage('settings', startPage);
  return userEvent.setup();
}
