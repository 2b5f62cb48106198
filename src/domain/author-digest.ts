import { toDigest } from './digest';

/** Stands for the address that a line was written with, so that no address is stored or sent; case does not count. */
export function toAuthorDigest(email: string): string {
  return toDigest(email.trim().toLowerCase()).slice(0, 16);
}
