import { AsyncLocalStorage } from 'node:async_hooks';
import type { InvocationEvent } from './invocation';

/** What the SDK finds under `__forge_runtime__` while a function runs. */
export interface ForgeRuntime {
  readonly proxy: InvocationEvent['_meta']['proxy'];
  readonly [member: string]: unknown;
}

export interface InvocationScope {
  readonly event: InvocationEvent;
  readonly runtime: ForgeRuntime;
}

/** An ordinary AsyncLocalStorage, so that the SDK's `bindInvocationContext` carries it along. */
export const invocationScope = new AsyncLocalStorage<InvocationScope>();

/** @throws {Error} in the SDK's words outside an invocation, for example in a callback of a foreign event loop. */
export function currentInvocation(): InvocationScope {
  const scope = invocationScope.getStore();
  if (!scope) throw new Error('Forge runtime not found.');
  return scope;
}
