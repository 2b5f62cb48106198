import type { HostDatabase } from '../../database';
import type { Scope } from './rows';

/** Columns that came later: a state file from before has the table without them. */
const LATER_COLUMNS = [
  ['sonarqube_project', 'analysed_at', 'INTEGER'],
  ['sonarqube_token', 'login', 'TEXT'],
  ['sonarqube_token', 'organization', 'TEXT'],
  ['sonarqube_token', 'created_at', 'INTEGER'],
] as const;

/** Creates the tables of the stand-in where they are not there yet. Times are epoch milliseconds. */
export function createTables(database: HostDatabase, scope: Scope): void {
  database.exec(
    scope(`
    CREATE TABLE IF NOT EXISTS sonarqube_project (
      key TEXT PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, organization TEXT,
      visibility TEXT NOT NULL, main_branch TEXT NOT NULL
    );
    CREATE TABLE IF NOT EXISTS sonarqube_pull_request (
      project_key TEXT NOT NULL, key TEXT NOT NULL, id TEXT NOT NULL, title TEXT NOT NULL,
      branch TEXT NOT NULL, base TEXT NOT NULL, url TEXT, analysis TEXT, gate_status TEXT,
      PRIMARY KEY (project_key, key)
    );
    CREATE TABLE IF NOT EXISTS sonarqube_issue (
      key TEXT PRIMARY KEY, project_key TEXT NOT NULL, pull_request_key TEXT NOT NULL,
      analysed TEXT NOT NULL, author TEXT NOT NULL, status TEXT NOT NULL, resolution TEXT,
      created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
    );
    CREATE INDEX IF NOT EXISTS sonarqube_issue_of_pull_request
      ON sonarqube_issue (project_key, pull_request_key);
    CREATE TABLE IF NOT EXISTS sonarqube_task (
      number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, project_key TEXT NOT NULL,
      pull_request_key TEXT NOT NULL, pull_request_title TEXT NOT NULL, request TEXT NOT NULL,
      status TEXT NOT NULL, submitted_at INTEGER NOT NULL, started_at INTEGER, executed_at INTEGER,
      analysis_id TEXT, error_message TEXT, warnings TEXT NOT NULL
    );
    CREATE TABLE IF NOT EXISTS sonarqube_webhook (
      number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, project_key TEXT,
      organization TEXT, name TEXT NOT NULL, url TEXT NOT NULL, secret TEXT
    );
    CREATE TABLE IF NOT EXISTS sonarqube_delivery (
      number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, webhook_key TEXT NOT NULL,
      project_key TEXT NOT NULL, task_id TEXT, name TEXT NOT NULL, url TEXT NOT NULL,
      at INTEGER NOT NULL, success INTEGER NOT NULL, http_status INTEGER,
      duration_ms INTEGER NOT NULL, payload TEXT NOT NULL
    );
    CREATE TABLE IF NOT EXISTS sonarqube_token (
      digest TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, projects TEXT,
      expires_at INTEGER
    );
    CREATE TABLE IF NOT EXISTS sonarqube_user (login TEXT PRIMARY KEY, data TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS sonarqube_organization (
      key TEXT PRIMARY KEY, id TEXT NOT NULL, uuid TEXT NOT NULL, data TEXT NOT NULL
    );
    CREATE TABLE IF NOT EXISTS sonarqube_platform (
      key TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE, alm TEXT NOT NULL, url TEXT, workspace TEXT,
      client_id TEXT, app_id TEXT, secret TEXT, problems TEXT NOT NULL
    );
    CREATE TABLE IF NOT EXISTS sonarqube_personal_token (
      login TEXT NOT NULL, platform_id TEXT NOT NULL, PRIMARY KEY (login, platform_id)
    );
    CREATE TABLE IF NOT EXISTS sonarqube_binding (
      project_key TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE, platform_id TEXT,
      repository TEXT NOT NULL, slug TEXT, monorepo INTEGER NOT NULL
    );
    CREATE INDEX IF NOT EXISTS sonarqube_project_of_organization
      ON sonarqube_project (organization, name, key);
  `),
  );
  for (const [table, column, type] of LATER_COLUMNS) {
    const columns = database.prepare(scope(`SELECT name FROM pragma_table_info('${table}')`)).all();
    if (columns.some((known) => isRecord(known) && known['name'] === column)) continue;
    database.exec(scope(`ALTER TABLE ${table} ADD COLUMN ${column} ${type}`));
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
