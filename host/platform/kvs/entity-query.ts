import * as z from 'zod';
import { bytesOf, describe, type KvsAnswer } from './answers';
import {
  parseRange,
  toPredicate,
  type Clause,
  type RangeCondition,
  type Scalar,
} from './conditions';
import { parseCursor, toCursor } from './cursor';
import { getIndex, isEntityValue, isOfType, type Entities } from './entities';
import type { EntityDefinition, IndexDefinition } from './entity-definition';
import { badRequest } from './kvs-error';
import { KvsLimits } from './limits';
import type { Meter } from './meter';
import { GetOptions, parseRequest } from './options';
import type { Records } from './records';
import { indexExpressions } from './schema';

const EntityQueryBody = z.object({
  entityName: z.unknown().optional(),
  indexName: z.unknown().optional(),
  partition: z.unknown().optional(),
  range: z.unknown().optional(),
  filters: z.unknown().optional(),
  sort: z.enum(['ASC', 'DESC']).optional(),
  limit: z.unknown().optional(),
  cursor: z.unknown().optional(),
  options: GetOptions,
});

interface SqlCondition {
  readonly sql: string;
  readonly parameters: readonly (string | number)[];
}

/**
 * One page of an entity in the order of an index. The page is cut first and filtered then, as Forge does it: it may
 * be short or empty and still have a cursor.
 */
export function queryEntities(
  entities: Entities,
  records: Records,
  meter: Meter,
  body: unknown,
): KvsAnswer {
  const request = parseRequest(EntityQueryBody, body);
  const entity = entities.get(request.entityName);
  const index = getIndex(entity, request.indexName);
  const partition = checkPartition(entity, index, request.partition);
  const rangeType = rangeTypeOf(entity, index);
  const range = request.range === undefined ? undefined : parseRange(request.range, rangeType);
  const keep = request.filters === undefined ? undefined : toPredicate(entity, request.filters);
  const pageSize = checkPageSize(request.limit);
  const direction = request.sort ?? 'ASC';
  const query = { entity: entity.name, index: index.name, partition, range, direction };
  const from = parseCursor(request.cursor, query);

  const sql = indexExpressions(index);
  const conditions: SqlCondition[] = [
    ...sql.partition.map((expression, place) => ({
      sql: `${expression} = ?`,
      parameters: [toSqlValue(partition[place] ?? '')],
    })),
    // An entity without the attribute is not in the index.
    { sql: `${sql.range} IS NOT NULL`, parameters: [] },
    ...(range ? [toSqlCondition(sql.range, range)] : []),
  ];
  if (from) {
    conditions.push({
      sql: `(${sql.range}, key) ${direction === 'ASC' ? '>' : '<'} (?, ?)`,
      parameters: [from.sortValue, from.key],
    });
  }

  meter.admitRead([]);
  const rows = records.page({
    entityName: entity.name,
    conditions: conditions.map((condition) => condition.sql),
    parameters: conditions.flatMap((condition) => condition.parameters),
    sortBy: sql.range,
    direction,
    limit: pageSize,
  });
  meter.countRead(rows.map((row) => ({ key: row.key, bytes: bytesOf(row.json) })));
  const last = rows.length === pageSize ? rows.at(-1) : undefined;
  const data = rows
    .map((row) => describe(row, request.options?.metadataFields))
    .filter(({ value }) => !keep || (isEntityValue(value) && keep(value)));
  return { status: 200, body: { data, ...(last && { cursor: toCursor(query, last) }) } };
}

function checkPartition(
  entity: EntityDefinition,
  index: IndexDefinition,
  partition: unknown,
): readonly Scalar[] {
  const given: readonly unknown[] = Array.isArray(partition) ? partition : [];
  const fits =
    given.length === index.partition.length &&
    index.partition.every((name, place) => {
      const type = entity.attributes[name]?.type;
      return type !== undefined && isOfType(given[place], type);
    });
  if (!fits) {
    throw badRequest(
      'INVALID_FILTER_VALUES',
      index.partition.length === 0
        ? `The index "${index.name}" of entity "${entity.name}" has no partition; give none.`
        : `The index "${index.name}" of entity "${entity.name}" needs the partition values ` +
            `${index.partition.join(', ')}, all of them, in this order and of the declared types.`,
    );
  }
  return given as readonly Scalar[];
}

function rangeTypeOf(entity: EntityDefinition, index: IndexDefinition) {
  const [attribute] = index.range;
  return attribute === undefined ? 'string' : (entity.attributes[attribute]?.type ?? 'any');
}

function checkPageSize(limit: unknown): number {
  const size = limit ?? KvsLimits.defaultPageSize;
  if (
    typeof size !== 'number' ||
    !Number.isInteger(size) ||
    size < 1 ||
    size > KvsLimits.pageSize
  ) {
    throw badRequest(
      'COMPLEX_QUERY_PAGE_LIMIT_NOT_IN_RANGE',
      `The page limit must be set between 1 and ${KvsLimits.pageSize}.`,
    );
  }
  return size;
}

function toSqlCondition(expression: string, range: Clause<RangeCondition>): SqlCondition {
  const values = range.values.map(toSqlValue);
  switch (range.condition) {
    case 'BEGINS_WITH': {
      const prefix = String(values[0]);
      return {
        sql: `substr(${expression}, 1, length(?)) = ?`,
        parameters: [prefix, prefix],
      };
    }
    case 'BETWEEN':
      return { sql: `${expression} BETWEEN ? AND ?`, parameters: values };
    case 'EQUAL_TO':
      return { sql: `${expression} = ?`, parameters: values };
    case 'GREATER_THAN':
      return { sql: `${expression} > ?`, parameters: values };
    case 'GREATER_THAN_EQUAL_TO':
      return { sql: `${expression} >= ?`, parameters: values };
    case 'LESS_THAN':
      return { sql: `${expression} < ?`, parameters: values };
    case 'LESS_THAN_EQUAL_TO':
      return { sql: `${expression} <= ?`, parameters: values };
    default:
      return range.condition satisfies never;
  }
}

/** JSON booleans come out of SQLite as 1 and 0, and the driver takes no others. */
function toSqlValue(value: Scalar): string | number {
  return typeof value === 'boolean' ? Number(value) : value;
}
