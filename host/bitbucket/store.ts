import { z } from 'zod';
import type { HostDatabase } from '../database';
import { codeInsightsTables } from './code-insights-store';
import { GrantedRole, PullRequestRecord, RepositoryRecord, WorkspaceRole } from './records';

const Row = z.object({ record: z.string() });
const BranchRow = z.object({ name: z.string(), commit_hash: z.string() });
const TipRow = z.object({ commit_hash: z.string() });
const MemberRow = z.object({ account_id: z.string(), role: WorkspaceRole });
const GrantRow = z.object({ account_id: z.string(), role: GrantedRole });

/** What one push changes, written in one transaction. */
export interface PushedState {
  readonly repository: RepositoryRecord;
  readonly branches: ReadonlyMap<string, string>;
  readonly pullRequests: readonly PullRequestRecord[];
}

/** The stand-in's own tables. Repository UUIDs carry braces. */
export interface Store {
  findRepositoryByPath(path: string): RepositoryRecord | undefined;
  /** By another repository than this one. */
  isSlugTaken(slug: string, ownUuid?: string): boolean;
  /** With its branches, pull requests and rights. */
  deleteRepository(uuid: string): void;
  /** What was set for members of the workspace, by account id. */
  memberRoles(): ReadonlyMap<string, WorkspaceRole>;
  saveMemberRole(accountId: string, role: WorkspaceRole): void;
  saveRepository(record: RepositoryRecord): void;
  /** Pushed tips by branch name, in name order. */
  branches(repositoryUuid: string): ReadonlyMap<string, string>;
  /** Every tip that was ever pushed: their commits stay visible after a force-push, as on Bitbucket. */
  knownTips(repositoryUuid: string): readonly string[];
  pullRequests(repositoryUuid: string): readonly PullRequestRecord[];
  findPullRequest(repositoryUuid: string, id: number): PullRequestRecord | undefined;
  savePullRequest(repositoryUuid: string, record: PullRequestRecord): void;
  savePush(state: PushedState): void;
  /** Rights by account id. */
  grants(repositoryUuid: string): ReadonlyMap<string, GrantedRole>;
  saveGrant(repositoryUuid: string, accountId: string, role: GrantedRole): void;
}

const schema = `
  CREATE TABLE IF NOT EXISTS bitbucket_repository (
    uuid TEXT PRIMARY KEY, path TEXT NOT NULL UNIQUE, slug TEXT NOT NULL UNIQUE, record TEXT NOT NULL
  );
  CREATE TABLE IF NOT EXISTS bitbucket_branch (
    repository_uuid TEXT NOT NULL, name TEXT NOT NULL, commit_hash TEXT NOT NULL,
    PRIMARY KEY (repository_uuid, name)
  );
  CREATE TABLE IF NOT EXISTS bitbucket_known_tip (
    repository_uuid TEXT NOT NULL, commit_hash TEXT NOT NULL, PRIMARY KEY (repository_uuid, commit_hash)
  );
  CREATE TABLE IF NOT EXISTS bitbucket_pull_request (
    repository_uuid TEXT NOT NULL, id INTEGER NOT NULL, record TEXT NOT NULL,
    PRIMARY KEY (repository_uuid, id)
  );
  CREATE TABLE IF NOT EXISTS bitbucket_grant (
    repository_uuid TEXT NOT NULL, account_id TEXT NOT NULL, role TEXT NOT NULL,
    PRIMARY KEY (repository_uuid, account_id)
  );
  CREATE TABLE IF NOT EXISTS bitbucket_member (account_id TEXT PRIMARY KEY, role TEXT NOT NULL);`;

const tablesOfRepository = [
  ...codeInsightsTables,
  'bitbucket_branch',
  'bitbucket_known_tip',
  'bitbucket_pull_request',
  'bitbucket_grant',
] as const;

/** Opens the stand-in's tables in the host's database and makes them when they are missing. */
export function createStore(database: HostDatabase): Store {
  database.exec(schema);

  const upsertRepository = database.prepare(
    `INSERT INTO bitbucket_repository (uuid, path, slug, record) VALUES (?, ?, ?, ?)
     ON CONFLICT (uuid) DO UPDATE SET path = excluded.path, slug = excluded.slug, record = excluded.record`,
  );
  const upsertPullRequest = database.prepare(
    `INSERT INTO bitbucket_pull_request (repository_uuid, id, record) VALUES (?, ?, ?)
     ON CONFLICT (repository_uuid, id) DO UPDATE SET record = excluded.record`,
  );
  const insertBranch = database.prepare(
    'INSERT INTO bitbucket_branch (repository_uuid, name, commit_hash) VALUES (?, ?, ?)',
  );
  const insertTip = database.prepare(
    'INSERT OR IGNORE INTO bitbucket_known_tip (repository_uuid, commit_hash) VALUES (?, ?)',
  );

  function saveRepository(record: RepositoryRecord): void {
    upsertRepository.run(record.uuid, record.path, record.slug, JSON.stringify(record));
  }
  function savePullRequest(repositoryUuid: string, record: PullRequestRecord): void {
    upsertPullRequest.run(repositoryUuid, record.id, JSON.stringify(record));
    insertTip.run(repositoryUuid, record.headCommit);
  }

  const savePush = database.transaction((state: PushedState) => {
    const { uuid } = state.repository;
    saveRepository(state.repository);
    database.prepare('DELETE FROM bitbucket_branch WHERE repository_uuid = ?').run(uuid);
    for (const [name, commitHash] of state.branches) {
      insertBranch.run(uuid, name, commitHash);
      insertTip.run(uuid, commitHash);
    }
    for (const record of state.pullRequests) savePullRequest(uuid, record);
  });

  const deleteRepository = database.transaction((uuid: string) => {
    for (const table of tablesOfRepository)
      database.prepare(`DELETE FROM ${table} WHERE repository_uuid = ?`).run(uuid);
    database.prepare('DELETE FROM bitbucket_repository WHERE uuid = ?').run(uuid);
  });

  return {
    deleteRepository: (uuid) => {
      deleteRepository(uuid);
    },
    memberRoles() {
      const rows = database.prepare('SELECT account_id, role FROM bitbucket_member').all();
      const members = z.array(MemberRow).parse(rows);
      return new Map(members.map((row) => [row.account_id, row.role]));
    },
    saveMemberRole(accountId, role) {
      database
        .prepare('INSERT OR REPLACE INTO bitbucket_member (account_id, role) VALUES (?, ?)')
        .run(accountId, role);
    },
    findRepositoryByPath(path) {
      const row = database
        .prepare('SELECT record FROM bitbucket_repository WHERE path = ?')
        .get(path);
      return row === undefined ? undefined : parseRecord(RepositoryRecord, row);
    },
    isSlugTaken(slug, ownUuid = '') {
      return (
        database
          .prepare('SELECT 1 FROM bitbucket_repository WHERE slug = ? AND uuid <> ?')
          .get(slug, ownUuid) !== undefined
      );
    },
    saveRepository,
    branches(repositoryUuid) {
      const rows = database
        .prepare(
          'SELECT name, commit_hash FROM bitbucket_branch WHERE repository_uuid = ? ORDER BY name',
        )
        .all(repositoryUuid);
      return new Map(
        z
          .array(BranchRow)
          .parse(rows)
          .map((row) => [row.name, row.commit_hash]),
      );
    },
    knownTips(repositoryUuid) {
      const rows = database
        .prepare('SELECT commit_hash FROM bitbucket_known_tip WHERE repository_uuid = ?')
        .all(repositoryUuid);
      return z
        .array(TipRow)
        .parse(rows)
        .map((row) => row.commit_hash);
    },
    pullRequests(repositoryUuid) {
      return database
        .prepare('SELECT record FROM bitbucket_pull_request WHERE repository_uuid = ? ORDER BY id')
        .all(repositoryUuid)
        .map((row) => parseRecord(PullRequestRecord, row));
    },
    findPullRequest(repositoryUuid, id) {
      const row = database
        .prepare('SELECT record FROM bitbucket_pull_request WHERE repository_uuid = ? AND id = ?')
        .get(repositoryUuid, id);
      return row === undefined ? undefined : parseRecord(PullRequestRecord, row);
    },
    savePullRequest,
    savePush: (state) => {
      savePush(state);
    },
    grants(repositoryUuid) {
      const rows = database
        .prepare('SELECT account_id, role FROM bitbucket_grant WHERE repository_uuid = ?')
        .all(repositoryUuid);
      return new Map(
        z
          .array(GrantRow)
          .parse(rows)
          .map((row) => [row.account_id, row.role]),
      );
    },
    saveGrant(repositoryUuid, accountId, role) {
      database
        .prepare(
          `INSERT INTO bitbucket_grant (repository_uuid, account_id, role) VALUES (?, ?, ?)
           ON CONFLICT (repository_uuid, account_id) DO UPDATE SET role = excluded.role`,
        )
        .run(repositoryUuid, accountId, role);
    },
  };
}

function parseRecord<S extends z.ZodType>(schemaOfRecord: S, row: unknown): z.infer<S> {
  return schemaOfRecord.parse(JSON.parse(Row.parse(row).record));
}
