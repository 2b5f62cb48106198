import type { Access, Caller } from './authentication';
import type { Parameters } from './parameters';

export interface Call {
  readonly parameters: Parameters;
  readonly caller: Caller;
}

/** One operation of the Web API. */
export interface Operation {
  /** Behind `/api/`. */
  readonly path: string;
  readonly method: 'GET' | 'POST';
  readonly access: Access;
  /** Servers that have it; absent: all of them. `branches`: all but a Community Build. `commercial`: those, without Cloud. */
  readonly only?: 'cloud' | 'server' | 'branches' | 'commercial';
  /** Works with credentials that belong to nobody, which it has to judge itself. */
  readonly judgesCredentials?: boolean;
  /** Answers even while the server starts or migrates. */
  readonly worksWhileDown?: boolean;
  /** Answers the body: a value is sent as JSON, `undefined` as 204 without a body, a text as it stands. */
  readonly answer: (call: Call) => unknown;
}

/** A body that is sent as plain text. */
export class PlainText {
  constructor(readonly text: string) {}
}
