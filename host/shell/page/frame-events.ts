import type { FunctionReference } from '../frame/protocol';
import { runCallback, type FrameSession } from './frame-session';
import { member, textMember } from './payload';

const listeners = new Map<
  number,
  { session: FrameSession; event: string; callback: FunctionReference }
>();
let lastId = 0;

/** `events.on`: frames of one app on one page hear each other. */
export function listen(
  session: FrameSession,
  scope: 'app' | 'public',
  payload: unknown,
  callback: FunctionReference,
): number {
  lastId += 1;
  listeners.set(lastId, { session, event: key(scope, payload), callback });
  return lastId;
}

export function emit(scope: 'app' | 'public', payload: unknown): void {
  for (const { session, event, callback } of listeners.values()) {
    if (event === key(scope, payload)) runCallback(session, callback, member(payload, 'payload'));
  }
}

export function stopListening(id: number): void {
  listeners.delete(id);
}

function key(scope: string, payload: unknown): string {
  return `${scope}:${textMember(payload, 'event') ?? ''}`;
}
