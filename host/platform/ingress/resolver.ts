import { randomUUID } from 'node:crypto';
import { jsonBytes } from '../json-size';
import { PlatformLimits } from '../limits';
import type { Manifest, UiModuleDefinition } from '../manifest';
import type { FunctionOutcome, Invoke } from '../supervisor/invoker';
import { failureText } from '../supervisor/invoker';
import type { Installation, ResolverCall } from '../types';
import { Unverified } from '../unverified';
import { callOf } from './functions';

/** What a page gets when the function behind `invoke` fails: a neutral sentence. The cause stays on the server. */
export class RejectedInvokeError extends Error {
  override readonly name = 'RejectedInvokeError';
  /** `NEEDS_AUTHENTICATION_ERR` is the one that a page's host acts on. */
  readonly errorType: string;

  constructor(outcome: Exclude<FunctionOutcome, { kind: 'success' }>) {
    super(Unverified.rejectedInvoke, { cause: new Error(failureText(outcome)) });
    this.errorType = outcome.kind === 'error' ? outcome.fault.errorType : 'FUNCTION_ERR';
  }
}

/** The resolver calls of frames. All of the context comes from the server side; the frame chooses function and payload. */
export function createResolverIngress(
  invoke: Invoke,
  manifest: Manifest,
  installation: Installation,
): (call: ResolverCall) => Promise<unknown> {
  return async ({ moduleKey, accountId, functionKey, payload, extension }) => {
    const module = manifest.uiModules.find(({ key }) => key === moduleKey);
    if (!module) throw new Error(`The manifest has no module "${moduleKey}" with a frame.`);
    const { resolverFunction } = module;
    if (resolverFunction === undefined) {
      throw new Error(`The module "${moduleKey}" has no resolver, so its frame cannot invoke.`);
    }
    const bytes = jsonBytes(payload);
    if (bytes > PlatformLimits.invokeRequestBytes) {
      throw new Error(`The payload of invoke has ${bytes} bytes; the limit is 500 KB.`);
    }
    const context = contextOf(module, accountId, extension, installation);
    const body = { call: { functionKey, payload }, context };
    const outcome = await invoke({
      ...callOf(manifest, { ...module, functionKey: resolverFunction }, body),
      accountId,
      procedure: functionKey,
    });
    if (outcome.kind === 'success') return outcome.body;
    throw new RejectedInvokeError(outcome);
  };
}

function contextOf(
  { type, key }: UiModuleDefinition,
  accountId: string,
  extension: ResolverCall['extension'],
  { workspaceUuid, environmentId, environmentType }: Installation,
) {
  return {
    accountId,
    accountType: 'licensed',
    workspaceId: `{${workspaceUuid}}`,
    extension: { type, ...extension },
    environmentId,
    environmentType,
    localId: randomUUID(),
    locale: 'en-US',
    moduleKey: key,
    siteUrl: 'https://bitbucket.org',
    timezone: 'Etc/UTC',
  };
}
