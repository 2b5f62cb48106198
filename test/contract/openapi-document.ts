/** The parts of an OpenAPI 3.0 document that the contract tests read. */
export interface OpenApiDocument {
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export type Schema = Readonly<Record<string, unknown>>;

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema?: Schema;
}

export interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

export interface RequestBody extends Content {
  readonly required?: boolean;
}

export interface OperationObject {
  readonly parameters?: readonly (Parameter | Reference)[];
  readonly requestBody?: RequestBody | Reference;
  readonly responses: Readonly<Record<string, Content | Reference>>;
  readonly 'x-atlassian-oauth2-scopes'?: readonly {
    readonly state: string;
    readonly scopes: readonly string[];
  }[];
}

export interface PathItem {
  readonly parameters?: readonly (Parameter | Reference)[];
  readonly [method: string]: unknown;
}

export interface Reference {
  readonly $ref: string;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Follows `$ref` inside the document until something else than a reference is there. */
export function dereference<T extends object>(document: OpenApiDocument, value: T | Reference): T {
  if (!('$ref' in value) || typeof value.$ref !== 'string') return value as T;
  let target: unknown = document;
  for (const name of value.$ref.replace(/^#\//, '').split('/')) {
    target = isRecord(target) ? target[name] : undefined;
  }
  if (!isRecord(target)) throw new Error(`The document has no ${value.$ref}.`);
  return dereference(document, target as T | Reference);
}
