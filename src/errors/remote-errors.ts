/** Which service was called, by the name of its operation; never with arguments, so that it can be logged. */
export interface RemoteCall {
  readonly service: 'bitbucket' | 'sonarqube';
  readonly operation: string;
}

export interface RemoteErrorDetails {
  readonly status?: number | undefined;
  readonly retryAfterSeconds?: number | undefined;
  /** The answer was a web page: something in front of the service gave it. */
  readonly isPage?: boolean | undefined;
  readonly cause?: unknown;
}

/**
 * A call to another service did not give what was asked. Messages name service, operation and status, and never hold
 * anything that was sent or received. The class says what a caller can do about it.
 */
export class RemoteError extends Error {
  readonly call: RemoteCall;
  readonly status: number | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly isPage: boolean;

  constructor(call: RemoteCall, what: string, details: RemoteErrorDetails = {}) {
    super(`${call.service} ${call.operation}: ${what}`, { cause: details.cause });
    this.name = new.target.name;
    this.call = call;
    this.status = details.status;
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.isPage = details.isPage ?? false;
  }
}

/** The credentials were refused: somebody has to enter new ones. */
export class RemoteUnauthorizedError extends RemoteError {}

/** The credentials are good and not enough for this. */
export class RemoteForbiddenError extends RemoteError {}

/** What was named does not exist, or the caller may not know that it does. */
export class RemoteNotFoundError extends RemoteError {}

/** Too many calls: wait `retryAfterSeconds`, or minutes when it is absent. */
export class RemoteRateLimitedError extends RemoteError {}

/** Why no answer came at all. */
export type NoAnswer = 'nameResolution' | 'tls' | 'connectionRefused' | 'timeout' | 'network';

/** Network, time-out or a fault of the service: it may work later. */
export class RemoteUnavailableError extends RemoteError {
  /** Absent when the service answered with a fault of its own. */
  readonly noAnswer: NoAnswer | undefined;

  constructor(
    call: RemoteCall,
    what: string,
    details: RemoteErrorDetails & { readonly noAnswer?: NoAnswer } = {},
  ) {
    super(call, what, details);
    this.noAnswer = details.noAnswer;
  }
}

/** The service refused the request itself (another 4xx): repeating it does not help. */
export class RemoteRejectedError extends RemoteError {
  /** What the service said of it, for the person who asked and for no log: it may repeat what was sent. */
  readonly serverSentence: string | undefined;

  constructor(
    call: RemoteCall,
    what: string,
    details: RemoteErrorDetails & { readonly serverSentence?: string | undefined } = {},
  ) {
    super(call, what, details);
    this.serverSentence = details.serverSentence;
  }
}

export type ContractFault = 'notJson' | 'empty' | 'incomplete' | 'shape' | 'tooLarge' | 'redirect';

/** The answer is not what the service documents: a proxy's page, a cut answer, another product. */
export class RemoteContractError extends RemoteError {
  readonly fault: ContractFault;

  constructor(call: RemoteCall, fault: ContractFault, details: RemoteErrorDetails = {}) {
    super(call, `the answer is not usable (${fault})`, details);
    this.fault = fault;
  }
}

/** Forge does not let the app reach this host: an administrator or the manifest has to allow it. */
export class RemoteEgressBlockedError extends RemoteError {
  readonly host: string;

  constructor(call: RemoteCall, host: string, details: RemoteErrorDetails = {}) {
    super(call, `Forge does not allow calls to ${host}`, details);
    this.host = host;
  }
}
