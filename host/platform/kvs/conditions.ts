import * as z from 'zod';
import { isOfType, type EntityValue } from './entities';
import type { AttributeType, EntityDefinition } from './entity-definition';
import { badRequest, KvsError, quoted } from './kvs-error';
import { KvsLimits } from './limits';
import { parseRequest } from './options';
import { Unverified } from './unverified';

export const rangeConditions = [
  'BEGINS_WITH',
  'BETWEEN',
  'EQUAL_TO',
  'GREATER_THAN',
  'GREATER_THAN_EQUAL_TO',
  'LESS_THAN',
  'LESS_THAN_EQUAL_TO',
] as const;
const filterConditions = [
  ...rangeConditions,
  'NOT_EQUAL_TO',
  'CONTAINS',
  'NOT_CONTAINS',
  'EXISTS',
  'NOT_EXISTS',
] as const;

export type RangeCondition = (typeof rangeConditions)[number];
type FilterCondition = (typeof filterConditions)[number];
export type Scalar = string | number | boolean;

/** A condition whose values fit the attribute that it is about. */
export interface Clause<C extends string = FilterCondition> {
  readonly condition: C;
  readonly values: readonly Scalar[];
}

const RawClause = z.object({
  property: z.unknown().optional(),
  condition: z.unknown().optional(),
  values: z.unknown().optional(),
});
const Filters = z.strictObject({
  and: z.array(z.unknown()).optional(),
  or: z.array(z.unknown()).optional(),
});

/** Reads the `where` of an entity query. @throws {KvsError} INVALID_FILTER_CONDITION and its kin. */
export function parseRange(raw: unknown, type: AttributeType): Clause<RangeCondition> {
  const { condition, values } = parseRequest(RawClause, raw);
  const known = rangeConditions.find((each) => each === condition);
  if (!known) throw unknownCondition(condition, rangeConditions);
  return { condition: known, values: checkValues(known, values, type) };
}

/**
 * Reads filters or transaction conditions and gives the test that they stand for. A missing entity is `undefined`.
 * @throws {KvsError} EMPTY_FILTER_OPERATOR, INVALID_FILTER_OPERATORS_COMBINATION, 422 for attributes of type any, …
 */
export function toPredicate(
  entity: EntityDefinition,
  raw: unknown,
): (value: EntityValue | undefined) => boolean {
  const { and, or } = parseRequest(Filters, raw);
  if (and && or) {
    throw badRequest(
      'INVALID_FILTER_OPERATORS_COMBINATION',
      'Conditions are joined with "and" or with "or", not with both.',
    );
  }
  const raws = and ?? or ?? [];
  if (raws.length === 0)
    throw badRequest('EMPTY_FILTER_OPERATOR', 'There must be at least one condition.');
  if (raws.length > KvsLimits.conditions) {
    throw new KvsError(
      Unverified.tooManyConditions,
      `There are ${raws.length} conditions; ${KvsLimits.conditions} are allowed.`,
    );
  }
  const tests = raws.map((each) => parseFilter(entity, each));
  return (value) =>
    and ? tests.every((holds) => holds(value)) : tests.some((holds) => holds(value));
}

function parseFilter(entity: EntityDefinition, raw: unknown) {
  const { property, condition, values } = parseRequest(RawClause, raw);
  const name = typeof property === 'string' ? property : '';
  const type = Object.hasOwn(entity.attributes, name) ? entity.attributes[name]?.type : undefined;
  if (type === undefined) {
    throw badRequest(
      'INVALID_ENTITY_ATTRIBUTE',
      `The entity "${entity.name}" declares no attribute ${quoted(name)}.`,
    );
  }
  if (type === 'any') {
    throw new KvsError(
      Unverified.attributeNotFilterable,
      `The attribute "${name}" of entity "${entity.name}" is of type any and cannot be filtered.`,
    );
  }
  const known = filterConditions.find((each) => each === condition);
  if (!known) throw unknownCondition(condition, filterConditions);
  const clause = { condition: known, values: checkValues(known, values, type) };
  return (value: EntityValue | undefined) => matches(clause, value?.[name]);
}

function unknownCondition(condition: unknown, known: readonly string[]): KvsError {
  return badRequest(
    'INVALID_FILTER_CONDITION',
    `The condition ${quoted(String(condition))} is not one of ${known.join(', ')}.`,
  );
}

function checkValues(
  condition: FilterCondition,
  values: unknown,
  type: AttributeType,
): readonly Scalar[] {
  const given: readonly unknown[] = Array.isArray(values) ? values : [];
  const wanted = condition === 'BETWEEN' ? 2 : 1;
  if (given.length < wanted) {
    throw badRequest(
      wanted === 2 ? 'INSUFFICIENT_FILTER_VALUES' : 'INVALID_FILTER_VALUES',
      `The condition ${condition} needs ${wanted} value${wanted === 1 ? '' : 's'}.`,
    );
  }
  const takesText =
    condition === 'BEGINS_WITH' || condition === 'CONTAINS' || condition === 'NOT_CONTAINS';
  if (takesText && type !== 'string') {
    throw badRequest(
      'INVALID_FILTER_CONDITION',
      `The condition ${condition} is for attributes of type string, not ${type}.`,
    );
  }
  const expected = condition === 'EXISTS' || condition === 'NOT_EXISTS' ? 'boolean' : type;
  const fitting = given.filter(isScalar).filter((value) => isOfType(value, expected));
  if (given.length > wanted || fitting.length !== given.length) {
    throw badRequest(
      'INVALID_FILTER_VALUES',
      `The condition ${condition} takes ${wanted} value${wanted === 1 ? '' : 's'} of type ${expected}.`,
    );
  }
  return fitting;
}

function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function matches({ condition, values }: Clause, actual: unknown): boolean {
  if (!isScalar(actual)) return condition === Unverified.missingAttributeFulfils;
  const [first = '', second = ''] = values;
  switch (condition) {
    case 'EXISTS':
      return true;
    case 'NOT_EXISTS':
      return false;
    case 'EQUAL_TO':
      return actual === first;
    case 'NOT_EQUAL_TO':
      return actual !== first;
    case 'BEGINS_WITH':
      return String(actual).startsWith(String(first));
    case 'CONTAINS':
      return String(actual).includes(String(first));
    case 'NOT_CONTAINS':
      return !String(actual).includes(String(first));
    case 'GREATER_THAN':
      return compareScalars(actual, first) > 0;
    case 'GREATER_THAN_EQUAL_TO':
      return compareScalars(actual, first) >= 0;
    case 'LESS_THAN':
      return compareScalars(actual, first) < 0;
    case 'LESS_THAN_EQUAL_TO':
      return compareScalars(actual, first) <= 0;
    case 'BETWEEN':
      return compareScalars(actual, first) >= 0 && compareScalars(actual, second) <= 0;
    default:
      return condition satisfies never;
  }
}

/** Strings compare by their UTF-8 bytes, as the index does; everything else as numbers. */
function compareScalars(left: Scalar, right: Scalar): number {
  return typeof left === 'string' && typeof right === 'string'
    ? Buffer.compare(Buffer.from(left), Buffer.from(right))
    : Number(left) - Number(right);
}
