import { z } from 'zod';
import type { HostDatabase } from '../database';

export const ReportRecord = z.object({
  reportId: z.string(),
  uuid: z.string(),
  title: z.string(),
  details: z.string(),
  result: z.enum(['PASSED', 'FAILED', 'PENDING']).optional(),
  reportType: z.string(),
  reporter: z.string().optional(),
  link: z.string().optional(),
  logoUrl: z.string().optional(),
  data: z.array(
    z.object({ title: z.string(), type: z.string().optional(), value: z.unknown() }).loose(),
  ),
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type ReportRecord = z.infer<typeof ReportRecord>;

export const AnnotationRecord = z.object({
  externalId: z.string(),
  uuid: z.string(),
  annotationType: z.enum(['VULNERABILITY', 'CODE_SMELL', 'BUG']),
  summary: z.string(),
  details: z.string().optional(),
  severity: z.enum(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW']).optional(),
  result: z.enum(['PASSED', 'FAILED', 'SKIPPED', 'IGNORED']).optional(),
  path: z.string().optional(),
  line: z.number().optional(),
  link: z.string().optional(),
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type AnnotationRecord = z.infer<typeof AnnotationRecord>;

export const StatusRecord = z.object({
  key: z.string(),
  state: z.enum(['SUCCESSFUL', 'FAILED', 'INPROGRESS', 'STOPPED']),
  name: z.string(),
  description: z.string(),
  url: z.string(),
  refname: z.string().nullable(),
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type StatusRecord = z.infer<typeof StatusRecord>;

/** A commit of a repository; the UUID carries braces, the hash is full. */
export interface CommitPlace {
  readonly repositoryUuid: string;
  readonly commit: string;
}

/** Reports, annotations and build statuses by commit, oldest first. */
export interface CodeInsightsStore {
  reports(place: CommitPlace): readonly ReportRecord[];
  saveReport(place: CommitPlace, record: ReportRecord): void;
  /** With its annotations. */
  deleteReport(place: CommitPlace, reportId: string): void;
  annotations(place: CommitPlace, reportId: string): readonly AnnotationRecord[];
  /** All or none. */
  saveAnnotations(place: CommitPlace, reportId: string, records: readonly AnnotationRecord[]): void;
  deleteAnnotation(place: CommitPlace, reportId: string, externalId: string): void;
  statuses(place: CommitPlace): readonly StatusRecord[];
  saveStatus(place: CommitPlace, record: StatusRecord): void;
}

const Row = z.object({ record: z.string() });

const schema = `
  CREATE TABLE IF NOT EXISTS bitbucket_report (
    repository_uuid TEXT NOT NULL, commit_hash TEXT NOT NULL, report_id TEXT NOT NULL, record TEXT NOT NULL,
    PRIMARY KEY (repository_uuid, commit_hash, report_id)
  );
  CREATE TABLE IF NOT EXISTS bitbucket_annotation (
    repository_uuid TEXT NOT NULL, commit_hash TEXT NOT NULL, report_id TEXT NOT NULL, external_id TEXT NOT NULL,
    record TEXT NOT NULL, PRIMARY KEY (repository_uuid, commit_hash, report_id, external_id)
  );
  CREATE TABLE IF NOT EXISTS bitbucket_status (
    repository_uuid TEXT NOT NULL, commit_hash TEXT NOT NULL, key TEXT NOT NULL, refname TEXT NOT NULL,
    record TEXT NOT NULL, PRIMARY KEY (repository_uuid, commit_hash, key, refname)
  );`;

export const codeInsightsTables = [
  'bitbucket_report',
  'bitbucket_annotation',
  'bitbucket_status',
] as const;

export function createCodeInsightsStore(database: HostDatabase): CodeInsightsStore {
  database.exec(schema);
  const upsertAnnotation = database.prepare(
    `INSERT INTO bitbucket_annotation (repository_uuid, commit_hash, report_id, external_id, record)
     VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (repository_uuid, commit_hash, report_id, external_id) DO UPDATE SET record = excluded.record`,
  );
  const saveAnnotations = database.transaction(
    (place: CommitPlace, reportId: string, records: readonly AnnotationRecord[]) => {
      for (const record of records)
        upsertAnnotation.run(
          place.repositoryUuid,
          place.commit,
          reportId,
          record.externalId,
          JSON.stringify(record),
        );
    },
  );

  function read<S extends z.ZodType>(
    record: S,
    query: string,
    ...parameters: readonly string[]
  ): z.infer<S>[] {
    return database
      .prepare(`SELECT record FROM ${query} ORDER BY rowid`)
      .all(...parameters)
      .map((row) => record.parse(JSON.parse(Row.parse(row).record)));
  }

  return {
    reports: ({ repositoryUuid, commit }) =>
      read(
        ReportRecord,
        'bitbucket_report WHERE repository_uuid = ? AND commit_hash = ?',
        repositoryUuid,
        commit,
      ),
    saveReport({ repositoryUuid, commit }, record) {
      database
        .prepare(
          `INSERT INTO bitbucket_report (repository_uuid, commit_hash, report_id, record) VALUES (?, ?, ?, ?)
           ON CONFLICT (repository_uuid, commit_hash, report_id) DO UPDATE SET record = excluded.record`,
        )
        .run(repositoryUuid, commit, record.reportId, JSON.stringify(record));
    },
    deleteReport({ repositoryUuid, commit }, reportId) {
      for (const table of ['bitbucket_annotation', 'bitbucket_report'])
        database
          .prepare(
            `DELETE FROM ${table} WHERE repository_uuid = ? AND commit_hash = ? AND report_id = ?`,
          )
          .run(repositoryUuid, commit, reportId);
    },
    annotations: ({ repositoryUuid, commit }, reportId) =>
      read(
        AnnotationRecord,
        'bitbucket_annotation WHERE repository_uuid = ? AND commit_hash = ? AND report_id = ?',
        repositoryUuid,
        commit,
        reportId,
      ),
    saveAnnotations: (place, reportId, records) => {
      saveAnnotations(place, reportId, records);
    },
    deleteAnnotation({ repositoryUuid, commit }, reportId, externalId) {
      database
        .prepare(
          `DELETE FROM bitbucket_annotation
           WHERE repository_uuid = ? AND commit_hash = ? AND report_id = ? AND external_id = ?`,
        )
        .run(repositoryUuid, commit, reportId, externalId);
    },
    statuses: ({ repositoryUuid, commit }) =>
      read(
        StatusRecord,
        'bitbucket_status WHERE repository_uuid = ? AND commit_hash = ?',
        repositoryUuid,
        commit,
      ),
    saveStatus({ repositoryUuid, commit }, record) {
      database
        .prepare(
          `INSERT INTO bitbucket_status (repository_uuid, commit_hash, key, refname, record) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (repository_uuid, commit_hash, key, refname) DO UPDATE SET record = excluded.record`,
        )
        .run(repositoryUuid, commit, record.key, record.refname ?? '', JSON.stringify(record));
    },
  };
}
