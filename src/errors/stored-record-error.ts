/** A stored record has an unknown version or shape: our mistake or a newer app's record, never the user's. */
export class StoredRecordError extends Error {
  readonly key: string;

  constructor(key: string, options: { readonly cause?: unknown } = {}) {
    super(`The stored record "${key}" has an unknown version or shape.`, options);
    this.name = 'StoredRecordError';
    this.key = key;
  }
}
