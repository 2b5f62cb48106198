/** The only source of chance of use cases. */
export interface Randomness {
  /** A random UUID in lower case. */
  uuid(): string;
  /** A secret with 256 bits of chance, as 64 hexadecimal characters. */
  secret(): string;
}
