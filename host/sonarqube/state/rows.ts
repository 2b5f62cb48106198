import type * as z from 'zod';
import type { HostDatabase } from '../../database';

type Value = string | number | null;

/** Queries whose rows are checked on the way out, so that an old or foreign record is an error and not a surprise. */
export interface Rows {
  list<T>(schema: z.ZodType<T>, query: string, ...values: readonly Value[]): readonly T[];
  find<T>(schema: z.ZodType<T>, query: string, ...values: readonly Value[]): T | undefined;
  /** Runs a statement; answers how many rows it changed. */
  run(statement: string, ...values: readonly Value[]): number;
  /** All or nothing. */
  transaction<T>(work: () => T): T;
}

export function createRows(database: HostDatabase): Rows {
  return {
    list: (schema, query, ...values) =>
      database
        .prepare(query)
        .all(...values)
        .map((row) => schema.parse(row)),
    find(schema, query, ...values) {
      const row = database.prepare(query).get(...values);
      return row === undefined ? undefined : schema.parse(row);
    },
    run: (statement, ...values) => database.prepare(statement).run(...values).changes,
    transaction: (work) => database.transaction(work)(),
  };
}
