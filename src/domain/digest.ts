import { createHash } from 'node:crypto';
import { toCanonicalJson } from './canonical-json';

/** 128 bits of SHA-256 in hexadecimal: equal for equal values, whatever the order of their members. */
export function toDigest(value: unknown): string {
  return createHash('sha256').update(toCanonicalJson(value)).digest('hex').slice(0, 32);
}
