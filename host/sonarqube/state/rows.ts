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

/** Turns a statement about the tables of the stand-in into one about those of this instance. */
export type Scope = (statement: string) => string;

/** Statements name `sonarqube_` tables; an instance with a name of its own has them behind its name. */
export function createScope(instance: string | undefined): Scope {
  if (instance === undefined) return (statement) => statement;
  if (!/^[a-z0-9]+$/u.test(instance)) throw new Error(`"${instance}" cannot be part of a table.`);
  return (statement) => statement.replaceAll('sonarqube_', `sonarqube_${instance}_`);
}

export function createRows(database: HostDatabase, scope: Scope): Rows {
  return {
    list: (schema, query, ...values) =>
      database
        .prepare(scope(query))
        .all(...values)
        .map((row) => schema.parse(row)),
    find(schema, query, ...values) {
      const row = database.prepare(scope(query)).get(...values);
      return row === undefined ? undefined : schema.parse(row);
    },
    run: (statement, ...values) => database.prepare(scope(statement)).run(...values).changes,
    transaction: (work) => database.transaction(work)(),
  };
}
