/** What the supervisor sends to run one function (forge-style names, because the wrapper also runs in the official runner). */
export interface InvocationEvent {
  /** `<file>.<export>` */
  readonly handler: string;
  readonly body: unknown;
  readonly variables: readonly {
    readonly key: string;
    readonly value: string;
    readonly secure: boolean;
  }[];
  readonly _meta: InvocationMeta;
}

export interface InvocationMeta {
  /** `ari:cloud:bitbucket::workspace/<uuid without braces>` */
  readonly contextAri: string;
  /** The acting user; absent when nobody acts. */
  readonly aaid?: string;
  readonly appContext: AppContext;
  readonly tracing: { readonly traceId: string; readonly spanId: string };
  readonly realtime: { readonly contextToken?: string };
  readonly featureFlags?: readonly string[];
  readonly timeout?: number;
  readonly proxy: { readonly url: string; readonly token: string };
  readonly license?: Readonly<Record<string, unknown>>;
  readonly externalAuth?: readonly unknown[];
}

export interface AppContext {
  readonly appId: string;
  readonly appVersion: string;
  readonly environmentId: string;
  readonly environmentType: string;
  readonly invocationId: string;
  readonly installationId: string;
  readonly functionKey: string;
  readonly moduleType: string;
  readonly moduleKey: string;
  readonly license?: Readonly<Record<string, unknown>>;
  readonly installation?: InstallationContext;
  readonly permissions?: {
    readonly scopes: readonly string[];
    readonly external: Readonly<Record<string, unknown>>;
  };
}

export interface InstallationContext {
  readonly ari: { readonly installationId: string };
  readonly contexts: readonly { readonly workspaceId: string }[];
}

export type InvocationResult =
  | { readonly success: true; readonly body: unknown }
  | { readonly success: false; readonly error: InvocationFault };

/** How a failed function is reported to the platform. */
export interface InvocationFault {
  readonly errorMessage: string;
  /** One of the error names that the platform knows, else `FUNCTION_ERR`. */
  readonly errorType: string;
  readonly isHostedCodeError: boolean;
  readonly stack: readonly string[];
  readonly serviceKey?: string;
  readonly options?: unknown;
}

/** The part of the runner's context that functions see. */
export interface RunnerContext {
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}
