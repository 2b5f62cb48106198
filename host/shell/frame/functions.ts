import type { FunctionReference } from './protocol';

/** Functions cannot be posted to another window: they stay here and their numbers travel. */
export interface FunctionTable {
  /** A copy of the value with each function replaced by its reference. */
  detach(value: unknown): unknown;
  call(functionId: number, args: readonly unknown[]): void;
}

export function createFunctionTable(): FunctionTable {
  const functions = new Map<number, (...args: readonly unknown[]) => unknown>();

  function detach(value: unknown): unknown {
    if (typeof value === 'function') return keep(value as (...args: readonly unknown[]) => unknown);
    if (Array.isArray(value)) return value.map(detach);
    if (isPlainObject(value)) {
      return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, detach(part)]));
    }
    return value;
  }

  function keep(run: (...args: readonly unknown[]) => unknown): FunctionReference {
    const id = functions.size + 1;
    functions.set(id, run);
    return { __gatehouseFunction: id };
  }

  return {
    detach,
    call(functionId, args) {
      functions.get(functionId)?.(...args);
    },
  };
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
