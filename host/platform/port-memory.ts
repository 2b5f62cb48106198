import type { HostDatabase } from '../database';

/** Remembers the port of the last run, so that web trigger URLs that others keep stay good after a restart. */
export function createPortMemory(database: HostDatabase): {
  readonly last: number | undefined;
  remember(baseUrl: string): void;
} {
  database.exec(
    'create table if not exists platform_port (one integer primary key check (one = 1), port integer not null)',
  );
  const row = database.prepare('select port from platform_port').get() as
    { port: number } | undefined;
  return {
    last: row?.port,
    remember(baseUrl) {
      database
        .prepare('insert or replace into platform_port (one, port) values (1, ?)')
        .run(Number(new URL(baseUrl).port));
    },
  };
}
