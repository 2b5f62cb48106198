import { createFunctionTable } from './functions';
import {
  isGatehouseMessage,
  type CallMessage,
  type FrameTheme,
  type MessageToFrame,
} from './protocol';
import { createFrameTheming } from './theme';

/**
 * The first script in every frame: defines `__bridge`, which `@forge/bridge` reads while it loads. Everything below it
 * travels to the page that holds the frame, and only to that page's origin.
 */
declare global {
  var __bridge: { callBridge(command: string, payload?: unknown): Promise<unknown> } | undefined;
}

const settings = document.currentScript?.dataset ?? {};
const shellOrigin = settings['shellOrigin'] ?? '';
const applyTheme = createFrameTheming(settings['tokensUrl'] ?? '');
const functions = createFunctionTable();
/** Calls without an answer. */
const waiting = new Map<
  number,
  {
    readonly message: CallMessage;
    resolve(value: unknown): void;
    reject(error: Error): void;
  }
>();
let lastId = 0;

function callShell(command: string, payload: unknown): Promise<unknown> {
  lastId += 1;
  const id = lastId;
  const message: CallMessage = {
    gatehouse: 'call',
    id,
    command,
    payload: functions.detach(payload),
  };
  return new Promise((resolve, reject) => {
    waiting.set(id, { message, resolve, reject });
    window.parent.postMessage(message, shellOrigin);
  });
}

/** The frame may be faster than the script of the page; what was said to nobody is said again. */
function callAgain(): void {
  for (const { message } of waiting.values()) {
    window.parent.postMessage({ ...message, again: true }, shellOrigin);
  }
}

async function callBridge(command: string, payload?: unknown): Promise<unknown> {
  const value = await callShell(command, payload);
  if (command !== 'enableTheming') return value;
  await applyTheme(value as FrameTheme);
  return undefined;
}

function settle(message: Extract<MessageToFrame, { gatehouse: 'answer' }>): void {
  const call = waiting.get(message.id);
  waiting.delete(message.id);
  if (!message.ok) call?.reject(new Error(message.message));
  else if (message.subscription === undefined) call?.resolve(message.value);
  else {
    const { subscription } = message;
    call?.resolve({ unsubscribe: () => callShell('unsubscribe', { subscription }) });
  }
}

window.addEventListener('message', (event) => {
  if (event.source !== window.parent || event.origin !== shellOrigin) return;
  if (!isGatehouseMessage(event.data)) return;
  const message = event.data as MessageToFrame;
  if (message.gatehouse === 'answer') settle(message);
  else if (message.gatehouse === 'callback') functions.call(message.functionId, message.args);
  else if (message.gatehouse === 'theme') void applyTheme(message.theme);
  else callAgain();
});

globalThis.__bridge = { callBridge };
