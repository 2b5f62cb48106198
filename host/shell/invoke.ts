import type { Platform } from '../platform/types';
import type { Frame } from './frame/registry';

/** Limits of the bridge's `invoke` (Forge: 500 KB in, 5 MB out). */
export const invokeLimits = { requestBytes: 500_000, responseBytes: 5_000_000 } as const;

/** What the page is told: a failed function is a normal answer, as the network between page and server worked. */
export type InvokeAnswer = { readonly value: unknown } | { readonly error: string };

/**
 * Runs the resolver of the module that owns the frame. Who and where comes from what the server knows of the frame;
 * the message gives only the procedure and its payload.
 */
export async function invokeFromFrame(
  platform: Platform,
  frame: Frame,
  call: { readonly functionKey: string; readonly payload?: unknown },
): Promise<InvokeAnswer> {
  if (bytes(call.payload) > invokeLimits.requestBytes) {
    return { error: 'The payload of invoke is over 500 KB. Send less at once.' };
  }
  try {
    const value = await platform.invokeResolver({
      moduleKey: frame.module.key,
      accountId: frame.page.accountId,
      functionKey: call.functionKey,
      payload: call.payload,
      extension: frame.extension,
    });
    if (bytes(value) > invokeLimits.responseBytes) {
      return { error: 'The answer of the function is over 5 MB.' };
    }
    return { value };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function bytes(value: unknown): number {
  return value === undefined ? 0 : Buffer.byteLength(JSON.stringify(value));
}
