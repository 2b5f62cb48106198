import type { FunctionReference } from '../frame/protocol';

/** A member of a payload that came out of a frame; such a payload may be anything. */
export function member(payload: unknown, name: string): unknown {
  if (typeof payload !== 'object' || payload === null) return undefined;
  return (payload as Readonly<Record<string, unknown>>)[name];
}

export function textMember(payload: unknown, name: string): string | undefined {
  const value = member(payload, name);
  return typeof value === 'string' ? value : undefined;
}

export function functionMember(payload: unknown, name: string): FunctionReference | undefined {
  return toFunction(member(payload, name));
}

/** The reference to a function of the frame, when the value is one. */
export function toFunction(value: unknown): FunctionReference | undefined {
  const isReference = typeof member(value, '__gatehouseFunction') === 'number';
  return isReference ? (value as FunctionReference) : undefined;
}
