import * as z from 'zod';
import { bytesOf, describe, type KvsAnswer } from './answers';
import { parseCursor, toCursor } from './cursor';
import { badRequest } from './kvs-error';
import { KvsLimits } from './limits';
import type { Meter } from './meter';
import { GetOptions, parseRequest } from './options';
import { PLAIN, type Records } from './records';

const QueryBody = z.object({
  limit: z.unknown().optional(),
  after: z.unknown().optional(),
  where: z.unknown().optional(),
  options: GetOptions,
});
const Where = z.array(
  z.object({
    property: z.unknown().optional(),
    condition: z.unknown().optional(),
    values: z.unknown().optional(),
  }),
);

/** One page of the plain values whose key begins with a prefix; never a secret, never an entity. */
export function queryKeys(records: Records, meter: Meter, body: unknown): KvsAnswer {
  const { limit, after, where, options } = parseRequest(QueryBody, body);
  const pageSize = checkPageSize(limit);
  const prefix = parseWhere(where);
  const query = { prefix };
  const from = parseCursor(after, query);
  meter.admitRead([]);
  const rows = records.page({
    entityName: PLAIN,
    conditions: [
      'key >= ?',
      'substr(key, 1, length(?)) = ?',
      ...(from === undefined ? [] : ['key > ?']),
    ],
    parameters: [prefix, prefix, prefix, ...(from === undefined ? [] : [from.key])],
    sortBy: 'key',
    direction: 'ASC',
    limit: pageSize,
  });
  meter.countRead(rows.map((row) => ({ key: row.key, bytes: bytesOf(row.json) })));
  const last = rows.length === pageSize ? rows.at(-1) : undefined;
  return {
    status: 200,
    body: {
      data: rows.map((row) => describe(row, options?.metadataFields)),
      ...(last && { cursor: toCursor(query, last) }),
    },
  };
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
      'LIST_QUERY_LIMIT_EXCEEDED',
      `The limit of a query must be a whole number from 1 to ${KvsLimits.pageSize}.`,
    );
  }
  return size;
}

function parseWhere(where: unknown): string {
  if (where === undefined || where === null) return '';
  const parsed = Where.safeParse(where);
  const [only] = parsed.data ?? [];
  if (!only || parsed.data?.length !== 1 || only.condition !== 'BEGINS_WITH') {
    throw badRequest(
      'QUERY_WHERE_INVALID',
      'A query of plain values takes one condition, and it must be BEGINS_WITH.',
    );
  }
  if (only.property !== 'key') {
    throw badRequest('QUERY_WHERE_FIELD_INVALID', 'Plain values can be queried by "key" only.');
  }
  const values: readonly unknown[] = Array.isArray(only.values) ? only.values : [];
  const [prefix] = values;
  if (values.length !== 1 || typeof prefix !== 'string' || prefix === '') {
    throw badRequest('QUERY_WHERE_INVALID', 'BEGINS_WITH takes one text that is not empty.');
  }
  return prefix;
}
