/** What the page asked of the platform. */
export interface BridgeCall {
  readonly command: string;
  readonly payload: unknown;
}

type Answer = (payload: unknown) => unknown;

interface SubscribePayload {
  readonly channelName: string;
  readonly onEvent: (payload: string) => void;
}

function isSubscription(payload: unknown): payload is SubscribePayload {
  return typeof payload === 'object' && payload !== null && 'onEvent' in payload;
}

function createBridge() {
  let calls: BridgeCall[] = [];
  let answers = new Map<string, Answer>();
  let listeners = new Map<string, (payload: string) => void>();

  function subscribe(payload: unknown) {
    if (!isSubscription(payload)) throw new Error('A subscription needs a callback.');
    listeners.set(payload.channelName, payload.onEvent);
    return { unsubscribe: () => Promise.resolve(listeners.delete(payload.channelName)) };
  }

  return {
    /** The platform's side of the real package; an unknown command is refused by name. */
    callBridge: async (command: string, payload?: unknown): Promise<unknown> => {
      calls.push({ command, payload });
      await Promise.resolve();
      const answer = answers.get(command);
      if (!answer) throw new Error(`The bridge has no command "${command}".`);
      return answer(payload);
    },
    /** Forgets everything and answers as the platform does when all is well. */
    reset(): void {
      calls = [];
      listeners = new Map();
      answers = new Map<string, Answer>([
        ['enableTheming', () => undefined],
        ['navigate', () => undefined],
        ['subscribeRealtimeChannel', subscribe],
      ]);
    },
    on: (command: string, answer: Answer) => void answers.set(command, answer),
    /** Delivers a message as the realtime service would; nobody may be listening. */
    publish: (channel: string) => listeners.get(channel)?.('{}'),
    channels: () => [...listeners.keys()],
    calls: (command: string) => calls.filter((call) => call.command === command),
  };
}

/** The one bridge of the test process: the package keeps the function that it found while loading. */
export const bridge = createBridge();
