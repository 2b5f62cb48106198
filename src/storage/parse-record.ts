import type * as z from 'zod/mini';
import { StoredRecordError } from '../errors/stored-record-error';

/** Checks what came out of the store. @throws {StoredRecordError} when it is of an unknown version or shape. */
export function parseRecord<S extends z.ZodMiniType>(
  schema: S,
  key: string,
  stored: unknown,
): z.output<S> {
  const parsed = schema.safeParse(stored);
  if (!parsed.success) throw new StoredRecordError(key, { cause: parsed.error });
  return parsed.data;
}

/** What a record says, without the version of its form. */
export function withoutVersion<T extends { readonly version: number }>(
  record: T,
): Omit<T, 'version'> {
  const { version, ...rest } = record;
  return rest;
}
