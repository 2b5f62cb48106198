import { isRecord } from './openapi-document';

/** What samples of one answer show: for each member's path the JSON types seen, and whether it was always there. */
export type Shape = ReadonlyMap<
  string,
  { readonly parent: string; readonly types: ReadonlySet<string>; readonly always: boolean }
>;

/** A difference from the samples that is right; `path` is matched against paths such as `issues[].line`. */
export interface Tolerance {
  readonly path: RegExp;
  readonly reason: string;
}

export interface ShapeRules {
  /** Members that the samples do not show. */
  readonly extra?: readonly Tolerance[];
  /** Members that the samples always show and that may be missing. */
  readonly missing?: readonly Tolerance[];
}

interface Occurrences {
  /** Path of the object or list that holds the member. Names may hold dots, so it cannot be cut off the path. */
  readonly parent: string;
  readonly types: Set<string>;
  count: number;
}

function typeOf(value: unknown) {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** Counts, for every path, in how many of its parents it occurs. */
function count(values: readonly unknown[]) {
  const members = new Map<string, Occurrences>();
  const parents = new Map<string, number>();
  function visit(value: unknown, path: string, parent: string) {
    const known = members.get(path) ?? { parent, types: new Set<string>(), count: 0 };
    members.set(path, known);
    known.types.add(typeOf(value));
    known.count += 1;
    if (Array.isArray(value)) for (const item of value) visit(item, `${path}[]`, path);
    if (!isRecord(value)) return;
    parents.set(path, (parents.get(path) ?? 0) + 1);
    for (const [name, member] of Object.entries(value)) {
      visit(member, path === '' ? name : `${path}.${name}`, path);
    }
  }
  for (const value of values) visit(value, '', '');
  return { members, parents };
}

/** The shape of an answer by one or more samples of it. A list without items says nothing about its items. */
export function shapeOf(samples: readonly unknown[]): Shape {
  const { members, parents } = count(samples);
  return new Map(
    [...members].map(([path, { parent, types, count: times }]) => [
      path,
      {
        parent,
        types,
        always: path.endsWith('[]') || path === '' || times === parents.get(parent),
      },
    ]),
  );
}

function isTolerated(path: string, tolerances: readonly Tolerance[] = []) {
  return tolerances.some((tolerance) => tolerance.path.test(path));
}

function isUnder(path: string, other: string) {
  return path.startsWith(`${other}.`) || path.startsWith(`${other}[]`);
}

/** How an answer differs from the shape of the samples, as sentences; empty when it does not. */
export function compareShape(shape: Shape, answer: unknown, rules: ShapeRules = {}): string[] {
  const { members, parents } = count([answer]);
  const problems: string[] = [];
  const unknownPaths: string[] = [];
  for (const [path, { types }] of members) {
    if (unknownPaths.some((unknown) => isUnder(path, unknown))) continue;
    const known = shape.get(path);
    if (known === undefined) {
      // An empty list in every sample leaves the form of its items open.
      const isItemOfEmptyList = path.endsWith('[]') && shape.has(path.slice(0, -2));
      unknownPaths.push(path);
      if (!isItemOfEmptyList && !isTolerated(path, rules.extra)) {
        problems.push(`"${path}" is in no sample`);
      }
      continue;
    }
    const wrong = [...types].filter((type) => !known.types.has(type));
    if (wrong.length > 0) {
      problems.push(
        `"${path}" is ${wrong.join(', ')}, in the samples ${[...known.types].join(', ')}`,
      );
    }
  }
  for (const [path, { parent, always }] of shape) {
    if (!always || path === '' || path.endsWith('[]') || isTolerated(path, rules.missing)) continue;
    const wanted = parents.get(parent) ?? 0;
    if ((members.get(path)?.count ?? 0) < wanted) problems.push(`"${path}" is missing`);
  }
  return problems;
}
