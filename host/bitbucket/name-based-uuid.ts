import { createHash } from 'node:crypto';

/** A UUID that follows from its parts (RFC 9562 version 5 layout), without braces: the same parts give the same UUID. */
export function nameBasedUuid(...parts: readonly string[]): string {
  const bytes = createHash('sha1').update(parts.join('\0')).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}
