import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { AnalysisRequest } from '../types';
import { json } from './json-column';
import type { Rows } from './rows';

const Request: z.ZodType<AnalysisRequest> = z.object({
  repositoryPath: z.string(),
  headCommit: z.string(),
  baseCommit: z.string(),
});
const Status = z.enum(['PENDING', 'IN_PROGRESS', 'SUCCESS', 'FAILED', 'CANCELED']);
export type TaskStatus = z.infer<typeof Status>;

const TaskRow = z
  .object({
    id: z.string(),
    project_key: z.string(),
    pull_request_key: z.string(),
    pull_request_title: z.string(),
    request: json(Request),
    status: Status,
    submitted_at: z.number(),
    started_at: z.number().nullable(),
    executed_at: z.number().nullable(),
    analysis_id: z.string().nullable(),
    error_message: z.string().nullable(),
    warnings: json(z.array(z.string()).readonly()),
  })
  .transform((row) => ({
    id: row.id,
    projectKey: row.project_key,
    pullRequestKey: row.pull_request_key,
    pullRequestTitle: row.pull_request_title,
    request: row.request,
    status: row.status,
    submittedAt: row.submitted_at,
    startedAt: row.started_at,
    executedAt: row.executed_at,
    analysisId: row.analysis_id,
    errorMessage: row.error_message,
    warnings: row.warnings,
  }));
/** A background task: the processing of one analysis report. */
export type Task = Readonly<z.output<typeof TaskRow>>;

export interface Tasks {
  find(id: string): Task | undefined;
  /** Newest first; of all projects when none is named. */
  list(projectKey?: string): readonly Task[];
  /** Waiting ones, oldest first. */
  listPending(): readonly Task[];
  add(
    task: Pick<
      Task,
      'projectKey' | 'pullRequestKey' | 'pullRequestTitle' | 'request' | 'submittedAt'
    >,
  ): Task;
  start(id: string, at: number): void;
  succeed(id: string, at: number, analysisId: string, warnings: readonly string[]): void;
  fail(id: string, at: number, errorMessage: string): void;
  /** Puts tasks that a killed host left running back into the queue. */
  requeueInterrupted(): void;
}

export function createTasks(rows: Rows): Tasks {
  const find = (id: string) => rows.find(TaskRow, 'SELECT * FROM sonarqube_task WHERE id = ?', id);
  return {
    find,
    list: (projectKey) =>
      projectKey === undefined
        ? rows.list(TaskRow, 'SELECT * FROM sonarqube_task ORDER BY number DESC')
        : rows.list(
            TaskRow,
            'SELECT * FROM sonarqube_task WHERE project_key = ? ORDER BY number DESC',
            projectKey,
          ),
    listPending: () =>
      rows.list(TaskRow, "SELECT * FROM sonarqube_task WHERE status = 'PENDING' ORDER BY number"),
    add({ projectKey, pullRequestKey, pullRequestTitle, request, submittedAt }) {
      const id = randomUUID();
      rows.run(
        `INSERT INTO sonarqube_task (id, project_key, pull_request_key, pull_request_title, request,
           status, submitted_at, warnings) VALUES (?, ?, ?, ?, ?, 'PENDING', ?, '[]')`,
        ...[id, projectKey, pullRequestKey, pullRequestTitle, JSON.stringify(request)],
        submittedAt,
      );
      const task = find(id);
      if (!task) throw new Error(`The background task ${id} was not stored.`);
      return task;
    },
    start(id, at) {
      rows.run(
        "UPDATE sonarqube_task SET status = 'IN_PROGRESS', started_at = ? WHERE id = ?",
        at,
        id,
      );
    },
    succeed(id, at, analysisId, warnings) {
      rows.run(
        `UPDATE sonarqube_task SET status = 'SUCCESS', executed_at = ?, analysis_id = ?, warnings = ?
         WHERE id = ?`,
        at,
        analysisId,
        JSON.stringify(warnings),
        id,
      );
    },
    fail(id, at, errorMessage) {
      rows.run(
        `UPDATE sonarqube_task SET status = 'FAILED', executed_at = ?, error_message = ? WHERE id = ?`,
        at,
        errorMessage,
        id,
      );
    },
    requeueInterrupted() {
      rows.run(
        "UPDATE sonarqube_task SET status = 'PENDING', started_at = NULL WHERE status = 'IN_PROGRESS'",
      );
    },
  };
}
