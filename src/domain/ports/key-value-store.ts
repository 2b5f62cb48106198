export type Scalar = string | number | boolean;
export type EntityValue = Readonly<Record<string, unknown>>;

export interface WriteOptions {
  /** The store forgets the value at this age or up to two days later. */
  readonly ttlSeconds?: number | undefined;
}

export interface PageRequest {
  /** At most 100. */
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface EntityQuery extends PageRequest {
  /** An index of the manifest, or `by-key`. */
  readonly index: string;
  readonly partition?: readonly Scalar[] | undefined;
  /** Works after the page is cut, so that a page may be short or empty and still have a next one. */
  readonly filters?: Readonly<Record<string, Scalar>> | undefined;
  readonly isDescending?: boolean | undefined;
}

export interface EntityPage {
  readonly items: readonly { readonly key: string; readonly value: unknown }[];
  readonly nextCursor?: string | undefined;
}

export interface KeyPage {
  readonly keys: readonly string[];
  readonly nextCursor?: string | undefined;
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
  deleteSecret(key: string): Promise<void>;
  /** Keys that begin so, at most 100 a page; what was written in the last seconds may miss. */
  listKeys(prefix: string, page: PageRequest): Promise<KeyPage>;
  getEntity(entity: string, key: string): Promise<unknown>;
  /** Writes it whatever was there. */
  setEntity(entity: string, key: string, value: EntityValue, options?: WriteOptions): Promise<void>;
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
  /** Deletes it whatever it holds; safe to repeat. */
  removeEntity(entity: string, key: string): Promise<void>;
  /** One page in the order of an index; what was written in the last seconds may miss. */
  queryEntities(entity: string, query: EntityQuery): Promise<EntityPage>;
  /** Deletes when the stored entity has all these attribute values. */
  deleteEntity(
    entity: string,
    key: string,
    expected: Readonly<Record<string, Scalar>>,
  ): Promise<boolean>;
}
