import { closeFlag, showFlag, type Flag } from './flags';
import { egressCommand, setEgress } from './egress';
import { emit, listen, stopListening } from './frame-events';
import { runCallback, type FrameSession } from './frame-session';
import { openModal } from './modal';
import { navigate, urlOf } from './navigation';
import { functionMember, member, textMember, toFunction } from './payload';
import { publishRealtime, subscribeRealtime, unsubscribeRealtime } from './realtime';
import { post } from './server-call';
import { currentTheme } from './theme';

/** A value that must reach the frame as an object with `unsubscribe`. */
export class SubscriptionAnswer {
  constructor(readonly end: () => void) {}
}

type Command = (session: FrameSession, payload: unknown) => unknown;

/** Set when the page's event stream is open; a subscription made earlier would miss what comes first. */
let streamOpen: Promise<void> = Promise.resolve();
export function subscriptionsWaitFor(open: Promise<void>): void {
  streamOpen = open;
}

const notOnBitbucket = (api: string) => () => {
  throw new Error(`${api} is not available in Bitbucket.`);
};

/** The bridge commands that a page of Bitbucket answers. Any other is rejected with its name. */
const commands: Readonly<Record<string, Command>> = {
  async invoke(session, payload) {
    const answer = await post(`/-/frames/${session.frameId}/invoke`, {
      functionKey: textMember(payload, 'functionKey') ?? '',
      payload: member(payload, 'payload') ?? null,
    });
    const failure = textMember(answer, 'error');
    if (failure !== undefined) throw new Error(failure);
    const value = member(answer, 'value');
    const metadata = member(payload, 'metadata');
    return metadata === undefined ? value : { body: value, metadata: {} };
  },
  getContext: (session) => ({ ...session.context, theme: contextTheme() }),
  enableTheming(session) {
    session.themed = true;
    return currentTheme();
  },
  fetchProduct: (session, payload) => post(`/-/frames/${session.frameId}/fetch-product`, payload),
  navigate,
  getUrl: urlOf,
  reload: () => location.reload(),
  showFlag(session, payload) {
    showFlag(toFlag(session, payload));
    return true;
  },
  closeFlag(session, payload) {
    closeFlag(flagId(session, payload));
    return true;
  },
  openModal,
  close: (session, payload) => {
    if (!session.close) return false;
    session.close(payload);
    return true;
  },
  submit: (session, payload) => {
    if (!session.close) return false;
    session.close(payload);
    return true;
  },
  onClose(session, payload) {
    const listener = toFunction(payload);
    if (!session.close || !listener) return false;
    session.closeListeners.push(listener);
    return true;
  },
  refresh(session) {
    session.themed = false;
    session.iframe.contentWindow?.location.replace(session.iframe.src);
    return true;
  },
  emit: (_session, payload) => emit('app', payload),
  emitPublic: (_session, payload) => emit('public', payload),
  on: (session, payload) => subscribe(session, 'app', payload),
  onPublic: (session, payload) => subscribe(session, 'public', payload),
  async subscribeRealtimeChannel(session, payload) {
    const onEvent = functionMember(payload, 'onEvent');
    if (!onEvent) throw new Error('subscribe needs a callback.');
    const id = await subscribeRealtime(session, payload, onEvent, streamOpen);
    return new SubscriptionAnswer(() => unsubscribeRealtime(id));
  },
  publishRealtimeChannel: publishRealtime,
  emitReadyEvent: () => true,
  __permission__egressGet: egressCommand('get'),
  __permission__egressSet: setEgress,
  __permission__egressDeleteDomain: egressCommand('deleteDomain'),
  __permission__egressDeleteGroup: egressCommand('deleteGroup'),
  createHistory: notOnBitbucket('view.createHistory'),
  changeWindowTitle: notOnBitbucket('view.changeWindowTitle'),
  open: () => false,
};

/** Runs a command of a frame; its answer may be a promise. @throws Error that the frame is told. */
export function runCommand(session: FrameSession, command: string, payload: unknown): unknown {
  const run = Object.hasOwn(commands, command) ? commands[command] : undefined;
  if (!run) throw new Error(`The bridge command "${command}" is not emulated by the local host.`);
  return run(session, payload);
}

function subscribe(session: FrameSession, scope: 'app' | 'public', payload: unknown): unknown {
  const callback = functionMember(payload, 'callback');
  if (!callback) throw new Error('on needs a callback.');
  const id = listen(session, scope, payload, callback);
  return new SubscriptionAnswer(() => stopListening(id));
}

function contextTheme(): unknown {
  const { colorMode } = currentTheme();
  return { colorMode, light: 'light', dark: 'dark', spacing: 'spacing', typography: 'typography' };
}

function toFlag(session: FrameSession, payload: unknown): Flag {
  const description = textMember(payload, 'description');
  const actions = member(payload, 'actions');
  return {
    id: flagId(session, payload),
    title: textMember(payload, 'title') ?? '',
    type: flagType(textMember(payload, 'appearance') ?? textMember(payload, 'type')),
    ...(description === undefined ? {} : { description }),
    actions: (Array.isArray(actions) ? actions : []).map((action: unknown) => ({
      text: textMember(action, 'text') ?? '',
      run: () => {
        const onClick = functionMember(action, 'onClick');
        if (onClick) runCallback(session, onClick);
      },
    })),
    isAutoDismiss: member(payload, 'isAutoDismiss') === true,
  };
}

function flagType(text: string | undefined): Flag['type'] {
  return text === 'success' || text === 'warning' || text === 'error' ? text : 'info';
}

function flagId(session: FrameSession, payload: unknown): string {
  return `${session.moduleKey}:${String(member(payload, 'id'))}`;
}
