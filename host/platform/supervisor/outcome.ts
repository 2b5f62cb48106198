import type { InvocationResult } from '../runtime/invocation';

/** How a run of a function ended. */
export type Outcome =
  | { readonly kind: 'answer'; readonly result: InvocationResult }
  /** Killed at its time limit. */
  | { readonly kind: 'timeout' }
  /** The process of the function ended under it: exit, out of memory, unhandled rejection. */
  | { readonly kind: 'crash'; readonly message: string };
