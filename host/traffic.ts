/** One request that crossed the border between app and platform, as the proxy saw it. */
export interface BoundaryCall {
  readonly at: number;
  readonly invocationId: string;
  /** Function key of the manifest. */
  readonly functionKey: string;
  readonly kind: 'bitbucket' | 'egress' | 'kvs' | 'queue' | 'graphql' | 'realtime' | 'other';
  /** Who the call acted as, for `bitbucket`. */
  readonly identity?: 'app' | 'user' | 'anonymous';
  readonly method: string;
  /** Path and query, or the full URL for egress; for `kvs` the operation such as `entity/set`. */
  readonly target: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: string;
  readonly status: number;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody: string;
}

/** One run of a function of the app, as the platform saw it. */
export interface InvocationRecord {
  readonly invocationId: string;
  readonly functionKey: string;
  readonly moduleKey: string;
  /** Procedure name for resolver invocations. */
  readonly procedure?: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly outcome: 'success' | 'error' | 'timeout' | 'crash';
  readonly errorMessage?: string;
}

export interface LogLine {
  readonly invocationId: string;
  readonly level: 'debug' | 'info' | 'warn' | 'error' | 'fatal';
  readonly text: string;
}

/** What happened at the border, for tests of budgets, contract tests, the bench and the control panel. */
export interface Traffic {
  readonly calls: readonly BoundaryCall[];
  readonly invocations: readonly InvocationRecord[];
  readonly logs: readonly LogLine[];
  record(entry: { call: BoundaryCall } | { invocation: InvocationRecord } | { log: LogLine }): void;
  onCall(listener: (call: BoundaryCall) => void): () => void;
  clear(): void;
}

/** In-memory traffic log that keeps at most `limit` entries of each kind, dropping the oldest. */
export function createTraffic(limit = 10_000): Traffic {
  const calls: BoundaryCall[] = [];
  const invocations: InvocationRecord[] = [];
  const logs: LogLine[] = [];
  const listeners = new Set<(call: BoundaryCall) => void>();

  function keep<T>(list: T[], entry: T) {
    list.push(entry);
    if (list.length > limit) list.shift();
  }

  return {
    calls,
    invocations,
    logs,
    record(entry) {
      if ('call' in entry) {
        keep(calls, entry.call);
        for (const listener of listeners) listener(entry.call);
      } else if ('invocation' in entry) keep(invocations, entry.invocation);
      else keep(logs, entry.log);
    },
    onCall(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    clear() {
      calls.length = 0;
      invocations.length = 0;
      logs.length = 0;
    },
  };
}
