/** Limits of the store (forge.md 5.5), kept at a distance: a value may have 240 KiB. */
export const StorageLimits = {
  recordBytes: 200 * 1024,
  chunkBytes: 200 * 1024,
} as const;
