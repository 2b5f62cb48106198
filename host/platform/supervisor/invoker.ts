import { randomBytes, randomUUID } from 'node:crypto';
import type { HostClock } from '../../clock';
import type { InvocationRecord, Traffic } from '../../traffic';
import { jsonBytes } from '../json-size';
import { PlatformLimits } from '../limits';
import type { CustomerEgress } from '../customer-egress';
import { externalOf } from '../external';
import type { Manifest } from '../manifest';
import type { Grants } from '../proxy/grants';
import type { InvocationEvent, InvocationFault } from '../runtime/invocation';
import type { Installation } from '../types';
import { Unverified } from '../unverified';
import type { LogBook } from './log-book';
import type { Outcome } from './outcome';
import type { Pool } from './pool';

/** One run of a function that the platform wants. */
export interface FunctionCall {
  readonly functionKey: string;
  /** `<file>.<export>` */
  readonly handler: string;
  readonly moduleKey: string;
  readonly moduleType: string;
  readonly body: unknown;
  /** In host time. */
  readonly limitMs: number;
  /** The acting user; absent for everything that nobody started by hand. */
  readonly accountId?: string;
  /** The queue event that it consumes, for consumers. */
  readonly eventId?: string;
  /** Name of the procedure, for resolver calls. */
  readonly procedure?: string;
}

export type FunctionOutcome =
  | { readonly kind: 'success'; readonly body: unknown }
  | { readonly kind: 'error'; readonly fault: InvocationFault }
  | { readonly kind: 'timeout' | 'crash'; readonly message: string };

export interface InvokerOptions {
  readonly clock: HostClock;
  readonly traffic: Traffic;
  readonly grants: Grants;
  readonly pool: Pool;
  readonly logBook: LogBook;
  readonly manifest: Manifest;
  readonly installation: Installation;
  readonly egress: Pick<CustomerEgress, 'backendDomains'>;
  readonly variables: Readonly<Record<string, string>>;
  readonly proxyUrl: string;
}

/** Runs functions with a token of their own each, and keeps the record of it. Never rejects. */
export type Invoke = (call: FunctionCall) => Promise<FunctionOutcome>;

const appVersion = '1.0.0';

export function createInvoke(options: InvokerOptions): Invoke {
  const { clock, traffic, grants, pool, logBook, manifest, installation, egress } = options;
  const { environmentId, environmentType, installationId, workspaceUuid } = installation;
  const variables = Object.entries(options.variables).map(([key, value]) => ({
    key,
    value,
    secure: false,
  }));

  function toEvent(call: FunctionCall, invocationId: string, token: string): InvocationEvent {
    const { functionKey, moduleKey, moduleType, handler, body, accountId, limitMs } = call;
    return {
      handler,
      body,
      variables,
      _meta: {
        contextAri: `ari:cloud:bitbucket::workspace/${workspaceUuid}`,
        ...(accountId === undefined ? {} : { aaid: accountId }),
        appContext: {
          appId: manifest.appId,
          appVersion,
          environmentId,
          environmentType,
          invocationId,
          installationId,
          functionKey,
          moduleType,
          moduleKey,
          installation: {
            ari: { installationId: `ari:cloud:ecosystem::installation/${installationId}` },
            contexts: [{ workspaceId: Unverified.installationWorkspaceId(workspaceUuid) }],
          },
          permissions: { scopes: manifest.scopes, external: externalOf(manifest, egress) },
        },
        tracing: {
          traceId: randomBytes(16).toString('hex'),
          spanId: randomBytes(8).toString('hex'),
        },
        realtime: { contextToken: randomBytes(12).toString('base64url') },
        timeout: limitMs / 1_000,
        proxy: { url: options.proxyUrl, token },
      },
    };
  }

  return async (call) => {
    const invocationId = randomUUID();
    const tooBig = payloadFault(call.body);
    if (tooBig) return tooBig;
    let grant: ReturnType<Grants['open']> | undefined;
    let startedAt = clock.now();
    const outcome = await pool.run({
      invocationId,
      limitMs: call.limitMs,
      start() {
        startedAt = clock.now();
        const { functionKey, accountId, eventId } = call;
        grant = grants.open({
          invocationId,
          functionKey,
          startedAt,
          ...(accountId === undefined ? {} : { accountId }),
          ...(eventId === undefined ? {} : { eventId }),
        });
        return JSON.stringify(toEvent(call, invocationId, grant.token));
      },
    });
    grant?.end();
    logBook.close(invocationId);
    const result = toFunctionOutcome(outcome, call);
    traffic.record({ invocation: toRecord(call, invocationId, startedAt, clock.now(), result) });
    return result;
  };
}

function payloadFault(body: unknown): FunctionOutcome | undefined {
  const bytes = jsonBytes(body);
  if (bytes <= PlatformLimits.payloadBytes) return undefined;
  return fault(`The payload of the function has ${bytes} bytes; the limit is 5 MB.`);
}

function toFunctionOutcome(
  outcome: Outcome,
  { functionKey, limitMs }: FunctionCall,
): FunctionOutcome {
  switch (outcome.kind) {
    case 'timeout': {
      const seconds = limitMs / 1_000;
      const message = `The function "${functionKey}" was stopped: it did not answer within ${seconds} seconds.`;
      return { kind: 'timeout', message };
    }
    case 'crash':
      return outcome;
    case 'answer': {
      const { result } = outcome;
      if (!result.success) return { kind: 'error', fault: result.error };
      const bytes = jsonBytes(result.body);
      return bytes > PlatformLimits.payloadBytes
        ? fault(`The answer of the function has ${bytes} bytes; the limit is 5 MB.`)
        : { kind: 'success', body: result.body };
    }
  }
}

function fault(errorMessage: string): FunctionOutcome {
  const errorType = 'FUNCTION_ERR';
  return { kind: 'error', fault: { errorMessage, errorType, isHostedCodeError: true, stack: [] } };
}

/** What went wrong, for people who read logs; absent when nothing did. */
export function failureText(outcome: FunctionOutcome): string | undefined {
  if (outcome.kind === 'success') return undefined;
  return outcome.kind === 'error' ? outcome.fault.errorMessage : outcome.message;
}

function toRecord(
  { functionKey, moduleKey, procedure }: FunctionCall,
  invocationId: string,
  startedAt: number,
  endedAt: number,
  outcome: FunctionOutcome,
): InvocationRecord {
  const errorMessage = failureText(outcome);
  return {
    invocationId,
    functionKey,
    moduleKey,
    ...(procedure === undefined ? {} : { procedure }),
    startedAt,
    endedAt,
    outcome: outcome.kind,
    ...(errorMessage === undefined ? {} : { errorMessage }),
  };
}
