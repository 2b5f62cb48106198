/** What lies under one key, its value as JSON text and its times in epoch milliseconds. */
export interface StoredValue {
  readonly key: string;
  readonly json: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly expiresAt: number | null;
}

/** One space of keys: the plain values, the secrets, or one entity. Reads are strongly consistent. */
export interface Slot {
  /** Nothing once an expired value has been deleted; until then the value with its `expiresAt`. */
  find(key: string): StoredValue | undefined;
  put(key: string, json: string, expiresAt: number | null): StoredValue;
  remove(key: string): void;
}
