import * as z from 'zod';
import type { FaultEffect } from '../faults';
import type { Control } from './control';

const effects: Readonly<Record<string, FaultEffect>> = {
  '401': { kind: 'answer', status: 401, body: '{"message":"Unauthorized"}' },
  '403': { kind: 'answer', status: 403, body: '{"message":"Forbidden"}' },
  '404': { kind: 'answer', status: 404, body: '{"message":"Not found"}' },
  '429': { kind: 'answer', status: 429, body: '', headers: { 'retry-after': '30' } },
  '500': { kind: 'answer', status: 500, body: '' },
  html: {
    kind: 'answer',
    status: 200,
    body: '<!doctype html><title>Sign in</title>',
    headers: { 'content-type': 'text/html' },
  },
  empty: { kind: 'answer', status: 200, body: '' },
  truncated: { kind: 'truncate', characters: 40 },
  hang: { kind: 'hang' },
  break: { kind: 'break' },
  'crash-before': { kind: 'crash', when: 'before' },
  'crash-after': { kind: 'crash', when: 'after' },
};

/** Names of the effects that the panel offers, with their words. */
export const effectWords: readonly (readonly [keyof typeof effects, string])[] = [
  ['500', 'answers 500'],
  ['401', 'answers 401'],
  ['403', 'answers 403'],
  ['404', 'answers 404'],
  ['429', 'answers 429, try again in 30 s'],
  ['html', 'answers with an HTML page'],
  ['empty', 'answers with nothing'],
  ['truncated', 'answers half'],
  ['hang', 'never answers'],
  ['break', 'breaks the connection'],
  ['crash-before', 'kills the function before it'],
  ['crash-after', 'kills the function after it'],
];

/** Names of what the panel does to a repository, with their words. */
export const repositoryChanges = [
  ['rename', 'gets the new name'],
  ['move', 'moves to the next project'],
  ['visibility', 'changes between private and public'],
  ['transfer', 'is given to another workspace'],
  ['delete', 'is deleted'],
] as const;

const OnOff = z.enum(['on', 'off']).transform((value) => value === 'on');

const Action = z.discriminatedUnion('action', [
  z.object({ action: z.literal('clock'), minutes: z.coerce.number().positive().max(525_600) }),
  z.object({ action: z.literal('hold-queue'), hold: OnOff }),
  z.object({ action: z.literal('hold-tasks'), hold: OnOff }),
  z.object({ action: z.literal('deliver-twice') }),
  z.object({
    action: z.literal('fail'),
    target: z.enum(['bitbucket', 'sonarqube', 'kvs', 'realtime', 'write']),
    effect: z.enum(Object.keys(effects)),
    times: z.enum(['once', 'always']),
    skip: z.coerce.number().int().min(0).max(1_000).default(0),
  }),
  z.object({ action: z.literal('clear-faults') }),
  z.object({ action: z.literal('uninstall') }),
  z.object({ action: z.literal('install') }),
  z.object({
    action: z.literal('change-repository'),
    repository: z.string().min(1),
    change: z.enum(repositoryChanges.map(([name]) => name)),
    name: z.string().trim().default(''),
  }),
  z.object({
    action: z.literal('set-role'),
    person: z.string().min(1),
    role: z.enum(['owner', 'member', 'outsider']),
  }),
  z.object({
    action: z.literal('accept-issue'),
    issue: z.string().transform((text, context) => {
      const [projectKey, pullRequestKey, issueKey] = text.split('\n');
      if (projectKey && pullRequestKey && issueKey) {
        return { projectKey, pullRequestKey, issueKey };
      }
      context.addIssue({ code: 'custom', message: 'choose an issue' });
      return z.NEVER;
    }),
  }),
  z.object({
    action: z.literal('theme-delivery'),
    delivery: z.enum(['adoptedStyleSheet', 'style']),
  }),
]);

/** Does what the form of the panel asks for; answers in one sentence what happened. */
export async function runAction(
  control: Control,
  form: Readonly<Record<string, unknown>>,
): Promise<{ readonly ok: boolean; readonly message: string }> {
  const parsed = Action.safeParse(form);
  if (!parsed.success) {
    return {
      ok: false,
      message: `The panel sent something else: ${z.prettifyError(parsed.error)}`,
    };
  }
  try {
    return { ok: true, message: await perform(control, parsed.data) };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

async function perform(control: Control, action: z.infer<typeof Action>): Promise<string> {
  switch (action.action) {
    case 'clock':
      await control.moveClock(action.minutes * 60_000);
      return `The clock was moved forward by ${action.minutes} min.`;
    case 'hold-queue':
      control.holdQueue(action.hold);
      return action.hold ? 'The queue is held.' : 'The queue runs.';
    case 'hold-tasks':
      control.holdTasks(action.hold);
      return action.hold ? 'Analysis tasks are held.' : 'Analysis tasks run.';
    case 'deliver-twice':
      control.deliverNextTwice();
      return 'The next queue event will be delivered twice.';
    case 'fail':
      return addFault(control, action);
    case 'clear-faults':
      control.clearFaults();
      return 'No call fails on purpose any more.';
    case 'uninstall':
      await control.uninstall();
      return 'The app was uninstalled.';
    case 'install':
      await control.install();
      return 'The app was installed with empty storage.';
    case 'change-repository':
      control.changeRepository(action.repository, action.change, action.name);
      return 'The repository was changed, and Bitbucket sent its events.';
    case 'set-role':
      control.setRole(action.person, action.role);
      return action.role === 'outsider'
        ? 'The person was removed from the workspace.'
        : `The person is now: ${action.role}.`;
    case 'accept-issue': {
      const { projectKey, pullRequestKey, issueKey } = action.issue;
      await control.acceptIssue(projectKey, pullRequestKey, issueKey);
      return 'The issue was accepted on the server.';
    }
    case 'theme-delivery':
      control.themeDelivery = action.delivery;
      return 'Frames get the tokens in this way from the next page on.';
    default:
      return action satisfies never;
  }
}

function addFault(
  control: Control,
  action: {
    readonly target: 'bitbucket' | 'sonarqube' | 'kvs' | 'realtime' | 'write';
    readonly effect: string;
    readonly times: string;
    readonly skip: number;
  },
): string {
  const effect = effects[action.effect];
  if (!effect) throw new Error(`There is no fault "${action.effect}".`);
  const times = action.times === 'always' ? Infinity : 1;
  control.fail({ target: action.target, effect, times, skip: action.skip });
  return `${action.times === 'always' ? 'Every' : 'The next'} call to ${action.target} fails.`;
}
