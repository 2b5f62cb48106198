import { createHash } from 'node:crypto';
import * as z from 'zod';
import { KvsError } from './kvs-error';
import { Unverified } from './unverified';

const Cursor = z.tuple([
  z.string(),
  z.object({ sortValue: z.union([z.string(), z.number()]), key: z.string() }),
]);

/** Where a page ended: the value that the query sorts by, and the key. */
export type Position = z.infer<typeof Cursor>[1];

/** An opaque text for the next page of this query; `query` is what must stay the same from page to page. */
export function toCursor(query: unknown, position: Position): string {
  return Buffer.from(JSON.stringify([digestOf(query), position])).toString('base64url');
}

/** @throws {KvsError} when the text is no cursor, or one of another query. */
export function parseCursor(cursor: unknown, query: unknown): Position | undefined {
  if (cursor === undefined || cursor === null) return undefined;
  const parsed = Cursor.safeParse(typeof cursor === 'string' ? readJson(cursor) : undefined);
  if (!parsed.success) {
    throw new KvsError(
      Unverified.invalidCursor,
      'The cursor is not one of a former page; start from the first page.',
    );
  }
  const [digest, position] = parsed.data;
  if (digest !== digestOf(query)) {
    throw new KvsError(
      Unverified.invalidCursor,
      'The cursor belongs to another query; start from the first page.',
    );
  }
  return position;
}

function digestOf(query: unknown): string {
  return createHash('sha256').update(JSON.stringify(query)).digest('base64url').slice(0, 12);
}

function readJson(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
