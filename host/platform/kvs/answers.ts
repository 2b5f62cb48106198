import type { MetadataField } from './options';
import type { StoredValue } from './slot';

/** An answer of the storage API: HTTP status and JSON body. */
export interface KvsAnswer {
  readonly status: number;
  readonly body?: unknown;
}

/** A stored value as the API gives it, with the metadata that was asked for. */
export function describe(
  value: StoredValue,
  fields: readonly MetadataField[] = [],
): Readonly<Record<string, unknown>> {
  return {
    key: value.key,
    value: JSON.parse(value.json) as unknown,
    ...(fields.includes('CREATED_AT') && { createdAt: value.createdAt }),
    ...(fields.includes('UPDATED_AT') && { updatedAt: value.updatedAt }),
    ...(fields.includes('EXPIRE_TIME') &&
      value.expiresAt !== null && { expireTime: new Date(value.expiresAt).toISOString() }),
  };
}

/** Bytes of a stored value, as rates count them. */
export function bytesOf(json: string): number {
  return Buffer.byteLength(json);
}
