import type { OpenApiDocument, OperationObject, Parameter, PathItem } from './openapi-document';
import { dereference } from './openapi-document';

export interface Operation {
  /** As the document writes it: `GET /repositories/{workspace}`. */
  readonly name: string;
  readonly method: string;
  readonly template: string;
  readonly object: OperationObject;
  readonly parameters: readonly Parameter[];
  /** Forge scopes that the operation asks for, sorted (`x-atlassian-oauth2-scopes`). */
  readonly forgeScopes: readonly string[];
}

export interface FoundOperation {
  readonly operation: Operation;
  /** Values of the path parameters, percent-decoded. */
  readonly pathValues: ReadonlyMap<string, string>;
}

const methods = ['get', 'put', 'post', 'delete', 'patch', 'head'];

/** A path parameter of this name takes the rest of the path, slashes included (`/src/{commit}/{path}`). */
const restParameter = '{path}';

function isParameter(segment: string) {
  return segment.startsWith('{') && segment.endsWith('}');
}

function parametersOf(document: OpenApiDocument, item: PathItem, object: OperationObject) {
  const all = [...(item.parameters ?? []), ...(object.parameters ?? [])];
  return all.map((parameter) => dereference<Parameter>(document, parameter));
}

function scopesOf(object: OperationObject) {
  const current = (object['x-atlassian-oauth2-scopes'] ?? []).filter(
    ({ state }) => state === 'Current',
  );
  return current.flatMap(({ scopes }) => scopes).sort();
}

export function listOperations(document: OpenApiDocument): readonly Operation[] {
  return Object.entries(document.paths).flatMap(([template, item]) =>
    methods.flatMap((method) => {
      const object = item[method] as OperationObject | undefined;
      if (object === undefined) return [];
      return [
        {
          name: `${method.toUpperCase()} ${template}`,
          method: method.toUpperCase(),
          template,
          object,
          parameters: parametersOf(document, item, object),
          forgeScopes: scopesOf(object),
        },
      ];
    }),
  );
}

/** Values of the template's parameters when the path fits it. */
function matchTemplate(template: string, path: string): ReadonlyMap<string, string> | undefined {
  const wanted = template.split('/');
  const given = path.split('/');
  const takesRest = wanted.at(-1) === restParameter;
  if (takesRest ? given.length < wanted.length : given.length !== wanted.length) return undefined;
  const values = new Map<string, string>();
  for (const [index, segment] of wanted.entries()) {
    const isLast = index === wanted.length - 1;
    const value = isLast && takesRest ? given.slice(index).join('/') : (given[index] ?? '');
    if (isParameter(segment)) {
      if (value === '') return undefined;
      values.set(segment.slice(1, -1), decodeURIComponent(value));
    } else if (segment !== value) return undefined;
  }
  return values;
}

function literalSegments(template: string) {
  return template.split('/').filter((segment) => !isParameter(segment)).length;
}

/** The operation for a method and a path (without the server's base and without a query); the most literal one wins. */
export function findOperation(
  operations: readonly Operation[],
  method: string,
  path: string,
): FoundOperation | undefined {
  const found = operations.flatMap((operation) => {
    if (operation.method !== method.toUpperCase()) return [];
    const pathValues = matchTemplate(operation.template, path);
    return pathValues ? [{ operation, pathValues }] : [];
  });
  found.sort(
    (a, b) => literalSegments(b.operation.template) - literalSegments(a.operation.template),
  );
  return found[0];
}
