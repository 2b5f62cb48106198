import type { FrameTheme, FunctionReference, MessageToFrame } from '../frame/protocol';

/** What the server wrote beside each frame (`data-frame`). */
export interface FrameDescription {
  readonly frameId: string;
  readonly moduleKey: string;
  /** Context as `getContext` answers it, without the theme, which only the page knows. */
  readonly context: Readonly<Record<string, unknown>>;
}

/** A frame in the page, with what its app has asked for so far. */
export interface FrameSession extends FrameDescription {
  readonly iframe: HTMLIFrameElement;
  readonly origin: string;
  /** True once the app has called `enableTheming`. */
  themed: boolean;
  /** Set for a frame in a modal: closes it and hands the value to the opener. */
  readonly close?: (value: unknown) => void;
  readonly closeListeners: FunctionReference[];
  /** Numbers of the calls that arrived. */
  readonly heard: Set<number>;
}

const sessions = new WeakMap<HTMLIFrameElement, FrameSession>();

/** The session of the frame whose window sent a message, if it is one of ours. */
export function findSession(source: MessageEventSource | null): FrameSession | undefined {
  return allSessions().find(({ iframe }) => iframe.contentWindow === source);
}

export function allSessions(): FrameSession[] {
  return [...document.querySelectorAll<HTMLIFrameElement>('iframe[data-frame]')].map(
    (iframe) => sessions.get(iframe) ?? openSession(iframe),
  );
}

export function openSession(
  iframe: HTMLIFrameElement,
  close?: (value: unknown) => void,
): FrameSession {
  const description = JSON.parse(iframe.dataset['frame'] ?? '{}') as FrameDescription;
  const session: FrameSession = {
    ...description,
    iframe,
    origin: new URL(iframe.src).origin,
    themed: false,
    closeListeners: [],
    heard: new Set(),
    ...(close ? { close } : {}),
  };
  sessions.set(iframe, session);
  return session;
}

/** Posts to the frame, and only while it shows the app's own origin. */
export function postToFrame(session: FrameSession, message: MessageToFrame): void {
  session.iframe.contentWindow?.postMessage(message, session.origin);
}

export function runCallback(
  session: FrameSession,
  reference: FunctionReference,
  ...args: readonly unknown[]
): void {
  const functionId = reference.__gatehouseFunction;
  postToFrame(session, { gatehouse: 'callback', functionId, args });
}

export function pushTheme(theme: FrameTheme): void {
  for (const session of allSessions()) {
    if (session.themed) postToFrame(session, { gatehouse: 'theme', theme });
  }
}
