export type Scalar = string | number | boolean;
export type EntityValue = Readonly<Record<string, unknown>>;

export interface WriteOptions {
  /** The store forgets the value at this age or up to two days later. */
  readonly ttlSeconds?: number | undefined;
}

/**
 * The platform's store (forge.md 5), as its rules are: reads by key are consistent, and only entities have conditional
 * writes. Throws `PlatformUnavailableError` when it may work later.
 */
export interface KeyValueStore {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown, options?: WriteOptions): Promise<void>;
  /** Writes when the key is free. False when it is taken. */
  add(key: string, value: unknown, options?: WriteOptions): Promise<boolean>;
  delete(key: string): Promise<void>;
  getSecret(key: string): Promise<unknown>;
  setSecret(key: string, value: unknown): Promise<void>;
  getEntity(entity: string, key: string): Promise<unknown>;
  addEntity(
    entity: string,
    key: string,
    value: EntityValue,
    options?: WriteOptions,
  ): Promise<boolean>;
  /** The same in one call: false for any refusal, also one that is not about the key. For what may be missed once. */
  tryAddEntity(
    entity: string,
    key: string,
    value: EntityValue,
    options?: WriteOptions,
  ): Promise<boolean>;
  /** Writes when the stored entity has all these attribute values. False when it has not. */
  replaceEntity(
    entity: string,
    key: string,
    value: EntityValue,
    expected: Readonly<Record<string, Scalar>>,
    options?: WriteOptions,
  ): Promise<boolean>;
  /** Deletes when the stored entity has all these attribute values. */
  deleteEntity(
    entity: string,
    key: string,
    expected: Readonly<Record<string, Scalar>>,
  ): Promise<boolean>;
}
