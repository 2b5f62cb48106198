import { PlatformLimits } from '../limits';
import type { FunctionDefinition, Manifest } from '../manifest';
import type { FunctionCall } from '../supervisor/invoker';

const longModuleTypes = new Set(['consumer', 'scheduledTrigger']);

/** What to run for a module: its function's handler and the time limit of its kind. */
export function callOf(
  manifest: Manifest,
  module: { readonly type: string; readonly key: string; readonly functionKey: string },
  body: unknown,
): FunctionCall {
  const { type, key, functionKey } = module;
  const definition = manifest.functions.get(functionKey);
  if (!definition) throw new Error(`The manifest declares no function "${functionKey}".`);
  return {
    functionKey,
    handler: definition.handler,
    moduleKey: key,
    moduleType: type,
    body,
    limitMs: limitOf(type, definition),
  };
}

/** `timeoutSeconds` counts for consumers and scheduled triggers only. */
function limitOf(moduleType: string, { timeoutSeconds }: FunctionDefinition): number {
  const { shortFunctionMs, longFunctionMs } = PlatformLimits;
  if (longModuleTypes.has(moduleType)) {
    return timeoutSeconds === undefined ? longFunctionMs : timeoutSeconds * 1_000;
  }
  if (moduleType === 'webtrigger' || moduleType === 'preUninstall') return longFunctionMs;
  return shortFunctionMs;
}
