/** Messages between the bridge inside a frame and the page that holds it. Only these two ends read them. */

/** A function of the frame, replaced by its place in the frame's table while it travels. */
export interface FunctionReference {
  readonly __gatehouseFunction: number;
}

export interface CallMessage {
  readonly gatehouse: 'call';
  readonly id: number;
  readonly command: string;
  readonly payload: unknown;
  /** Sent once more because the page was not listening yet, perhaps. */
  readonly again?: true;
}

/** The page listens from now on; it carries nothing, so it may go to whatever the frame shows. */
export interface ReadyMessage {
  readonly gatehouse: 'ready';
}

/** The answer to a call. `subscription` asks the bridge to hand out an object with `unsubscribe`. */
export type AnswerMessage =
  | {
      readonly gatehouse: 'answer';
      readonly id: number;
      readonly ok: true;
      readonly value: unknown;
      readonly subscription?: number;
    }
  | {
      readonly gatehouse: 'answer';
      readonly id: number;
      readonly ok: false;
      readonly message: string;
    };

/** The page runs one of the frame's functions. */
export interface CallbackMessage {
  readonly gatehouse: 'callback';
  readonly functionId: number;
  readonly args: readonly unknown[];
}

/** The page's theme, sent as the answer to `enableTheming` and whenever the person switches. */
export interface FrameTheme {
  readonly colorMode: 'light' | 'dark';
  /** How the token values reach the frame: Forge does not say, so both are served (`style` meets the CSP of the app). */
  readonly delivery: 'adoptedStyleSheet' | 'style';
}

export interface ThemeMessage {
  readonly gatehouse: 'theme';
  readonly theme: FrameTheme;
}

export type MessageToFrame = AnswerMessage | CallbackMessage | ThemeMessage | ReadyMessage;

/** True for data that one of our two ends has sent. */
export function isGatehouseMessage(data: unknown): data is { readonly gatehouse: string } {
  return (
    typeof data === 'object' &&
    data !== null &&
    'gatehouse' in data &&
    typeof data.gatehouse === 'string'
  );
}
