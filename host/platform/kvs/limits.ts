const KIB = 1024;
const MIB = 1024 * KIB;

/** Limits of Forge storage, from "KVS and custom entity store limits" and "Platform quotas and limits". */
export const KvsLimits = {
  keyCharacters: 500,
  valueBytes: 240 * KIB,
  secretBytes: 128 * KIB,
  /** A scalar has depth 0, `{}` and `[]` have depth 1. */
  valueDepth: 31,
  entityNameCharactersMin: 3,
  entityNameCharactersMax: 60,
  rangeBytes: 900,
  partitionBytes: 1_700,
  pageSize: 100,
  defaultPageSize: 10,
  /** Conditions in one query or one transaction item. */
  conditions: 100,
  /** Items of one batch, operations of one transaction. */
  operationsPerRequest: 25,
  /** Values of one batch or transaction together. */
  requestBytes: 4 * MIB,
  ttlSeconds: 365 * 24 * 60 * 60,
  /** An expired value may be read for this long after its time. */
  ttlDeletionDelayMs: 48 * 60 * 60 * 1000,
  requestsPerSecond: 1_000,
  readUnitsPerMinute: 4_000,
  writeUnitsPerMinute: 4_000,
  /** One read or write unit; a request is rounded up once, a batch or transaction as a whole. */
  bytesPerUnit: 10 * KIB,
  readBytesPerKeyPerSecond: 12 * MIB,
  writeBytesPerKeyPerSecond: MIB,
} as const;
