import type { FunctionReference } from '../frame/protocol';
import { runCallback, type FrameSession } from './frame-session';
import { member, textMember } from './payload';
import { post } from './server-call';

interface Subscription {
  readonly session: FrameSession;
  readonly channelName: string;
  readonly isGlobal: boolean;
  readonly onEvent: FunctionReference;
}

const subscriptions = new Map<number, Subscription>();
let lastId = 0;

/** Subscribes a frame to a channel; the answer is the number of the subscription. */
export async function subscribeRealtime(
  session: FrameSession,
  payload: unknown,
  onEvent: FunctionReference,
  connected: Promise<void>,
): Promise<number> {
  const channelName = textMember(payload, 'channelName') ?? '';
  const isGlobal = member(payload, 'isGlobal') === true;
  await connected;
  const token = textMember(member(payload, 'options'), 'token');
  await post(`/-/frames/${session.frameId}/realtime/subscribe`, { channelName, isGlobal, token });
  lastId += 1;
  subscriptions.set(lastId, { session, channelName, isGlobal, onEvent });
  return lastId;
}

export function publishRealtime(session: FrameSession, payload: unknown): Promise<unknown> {
  return post(`/-/frames/${session.frameId}/realtime/publish`, {
    channelName: textMember(payload, 'channelName') ?? '',
    isGlobal: member(payload, 'isGlobal') === true,
    eventPayload: member(payload, 'eventPayload') ?? null,
  });
}

export function unsubscribeRealtime(id: number): void {
  subscriptions.delete(id);
}

/** Hands a message of the server to the frames that listen to its channel. */
export function deliverRealtime(message: unknown): void {
  const payload: unknown = parse(textMember(message, 'payload') ?? 'null');
  for (const { session, channelName, isGlobal, onEvent } of subscriptions.values()) {
    if (channelName !== textMember(message, 'channel')) continue;
    if (isGlobal !== (member(message, 'isGlobal') === true)) continue;
    runCallback(session, onEvent, payload);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
