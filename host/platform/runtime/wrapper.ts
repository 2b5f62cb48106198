import { egressFetch } from './egress-fetch';
import { installEgressRequests } from './egress-request';
import { forgeFetch } from './forge-fetch';
import { createHandlerLoader } from './handlers';
import type {
  InvocationEvent,
  InvocationMeta,
  InvocationResult,
  RunnerContext,
} from './invocation';
import { toInvocationFault } from './invocation-fault';
import type { ForgeRuntime } from './invocation-scope';
import { invocationScope } from './invocation-scope';
import type { RunnerLogLine } from './log-lines';
import { installConsole } from './log-lines';
import { metrics } from './metrics';
import { BoundaryError } from './proxy-call';

export interface WrapperOptions {
  /** Folder with the bundles of the app, and with its translations. */
  readonly appCodeDirectory: string;
  readonly writeLog: (line: RunnerLogLine) => void;
}

export type Main = (event: InvocationEvent, context: RunnerContext) => Promise<InvocationResult>;

/** Sets the globals that the SDK stands on and answers the function that runs one invocation. Never rejects. */
export function createMain({ appCodeDirectory, writeLog }: WrapperOptions): Main {
  installConsole(writeLog);
  installEgressRequests();
  Object.defineProperty(globalThis, '__forge_runtime__', {
    configurable: true,
    get: () => invocationScope.getStore()?.runtime,
  });
  Object.assign(globalThis, {
    __forge_fetch__: forgeFetch,
    __forge_undici_error__: BoundaryError,
    fetch: egressFetch,
  });
  const handlerOf = createHandlerLoader(appCodeDirectory);

  return (event, context) => {
    const runtime = toRuntime(event, context, appCodeDirectory);
    return invocationScope.run({ event, runtime }, async (): Promise<InvocationResult> => {
      try {
        setVariables(event.variables);
        const handler = handlerOf(event.handler);
        return { success: true, body: await handler(event.body, toHandlerContext(event._meta)) };
      } catch (thrown) {
        const error = toInvocationFault(thrown);
        const { invocationId } = event._meta.appContext;
        const text = error.stack.length > 0 ? error.stack.join('\n') : error.errorMessage;
        writeLog({ invocationId, logLevel: 50, logArguments: [text] });
        return { success: false, error };
      }
    });
  };
}

// `kvs` stays out of it for good: the storage package would keep the token of the first invocation that it sees.
function toRuntime(
  { handler, _meta }: InvocationEvent,
  lambdaContext: RunnerContext,
  appCodeDir: string,
): ForgeRuntime {
  const { proxy, contextAri, appContext, aaid, tracing, realtime, externalAuth, featureFlags } =
    _meta;
  return {
    proxy,
    contextAri,
    appContext,
    aaid,
    lambdaContext,
    tracing,
    realtime,
    externalAuth,
    container: { region: 'local', runtime: 'nodejs', handler, appCodeDir },
    metrics,
    featureFlags: (name: string) => featureFlags?.includes(name) ?? false,
  };
}

/** Second argument of every handler. */
function toHandlerContext({ contextAri, aaid, license, appContext }: InvocationMeta) {
  const workspaceUuid = /^ari:cloud:bitbucket::workspace\/(.+)$/.exec(contextAri)?.[1];
  return {
    installContext: contextAri,
    ...(aaid === undefined ? {} : { principal: { accountId: aaid } }),
    ...(license === undefined ? {} : { license }),
    ...(appContext.installation === undefined ? {} : { installation: appContext.installation }),
    ...(workspaceUuid === undefined ? {} : { workspaceId: `{${workspaceUuid}}` }),
  };
}

/** The environment of a function holds the Forge variables and nothing else. */
function setVariables(variables: InvocationEvent['variables']): void {
  for (const name of Object.keys(process.env)) Reflect.deleteProperty(process.env, name);
  for (const { key, value } of variables) process.env[key] = value;
}
