import { randomUUID } from 'node:crypto';
import type { HostDatabase } from '../../database';
import type { PushedEvent } from './push-request';

/** An event that waits for a delivery, or is being delivered. Times are epoch milliseconds. */
export interface StoredEvent {
  readonly eventId: string;
  readonly jobId: string;
  readonly queueName: string;
  readonly body: unknown;
  readonly publishedAt: number;
  /** Retries that the app asked for, and repetitions after exceptions, so far. */
  readonly appRetries: number;
  readonly repeats: number;
  readonly retryContext: RetryContext | undefined;
}

/** What the consumer is told of the delivery before. */
export interface RetryContext {
  readonly retryCount: number;
  readonly retryReason: string;
  readonly retryData: unknown;
}

export interface NewJob {
  readonly jobId: string;
  readonly queueName: string;
  readonly events: readonly PushedEvent[];
  /** Event whose consumer pushed this job; absent for what starts a causal chain. */
  readonly causedBy: string | undefined;
}

export interface JobStats {
  readonly success: number;
  readonly inProgress: number;
  readonly failed: number;
}

/** Jobs and events of one installation. Each method is one step that is done or not done when the host is killed. */
export interface EventStore {
  add(job: NewJob, now: number): void;
  hasJob(jobId: string): boolean;
  /** Events pushed since then. */
  countSince(time: number): number;
  /** Pushes so far in the causal chain that a push caused by this event would belong to. */
  countChain(causedBy: string): number;
  /** Up to `limit` events that may be delivered now, longest due first; concurrency limits are kept. */
  listDue(now: number, limit: number): readonly StoredEvent[];
  nextDueAfter(now: number): number | undefined;
  countUnfinished(): number;
  setDelivering(eventId: string): void;
  setDone(eventId: string): void;
  setFailed(eventId: string): void;
  /** Waits for another delivery, unless the job was cancelled meanwhile. */
  setWaiting(event: StoredEvent, dueAt: number): void;
  /** After a restart: what was being delivered has to be delivered again. */
  recoverDeliveries(): void;
  findStats(jobId: string, queueName: string): JobStats | undefined;
  /** Cancels what is not being delivered; false when there is no such job. */
  cancel(jobId: string, queueName: string): boolean;
  /** Forgets jobs that were pushed before this time and have ended. */
  forgetBefore(time: number): void;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS queue_chain (
    installation TEXT NOT NULL, chain_id TEXT NOT NULL, pushes INTEGER NOT NULL,
    PRIMARY KEY (installation, chain_id));
  CREATE TABLE IF NOT EXISTS queue_job (
    installation TEXT NOT NULL, job_id TEXT NOT NULL, queue TEXT NOT NULL, chain_id TEXT NOT NULL,
    published_at INTEGER NOT NULL, cancelled INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (installation, job_id));
  CREATE TABLE IF NOT EXISTS queue_event (
    event_id TEXT PRIMARY KEY, installation TEXT NOT NULL, job_id TEXT NOT NULL, queue TEXT NOT NULL,
    body TEXT NOT NULL, concurrency_key TEXT, concurrency_limit INTEGER,
    state TEXT NOT NULL, due_at INTEGER NOT NULL, published_at INTEGER NOT NULL,
    app_retries INTEGER NOT NULL DEFAULT 0, repeats INTEGER NOT NULL DEFAULT 0, retry_context TEXT);
  CREATE INDEX IF NOT EXISTS queue_event_due ON queue_event (installation, state, due_at);
  CREATE INDEX IF NOT EXISTS queue_event_job ON queue_event (installation, job_id);
  CREATE INDEX IF NOT EXISTS queue_event_age ON queue_event (installation, published_at);`;

interface Row {
  readonly event_id: string;
  readonly job_id: string;
  readonly queue: string;
  readonly body: string;
  readonly published_at: number;
  readonly app_retries: number;
  readonly repeats: number;
  readonly retry_context: string | null;
}

export function createEventStore(database: HostDatabase, installationId: string): EventStore {
  database.exec(SCHEMA);

  function run(sql: string, ...parameters: (string | number | null)[]): number {
    return database.prepare(sql).run(...parameters).changes;
  }
  /** The column `found` of the first row. */
  function find(sql: string, ...parameters: (string | number)[]): string | number | undefined {
    const row = database.prepare(sql).get(...parameters) as
      { readonly found: string | number | null } | undefined;
    return row?.found ?? undefined;
  }
  function count(sql: string, ...parameters: (string | number)[]): number {
    return Number(find(sql, ...parameters) ?? 0);
  }
  function chainOf(eventId: string | undefined): string | undefined {
    if (eventId === undefined) return undefined;
    const chain = find(
      `SELECT chain_id AS found FROM queue_job JOIN queue_event USING (installation, job_id)
       WHERE installation = ? AND event_id = ?`,
      installationId,
      eventId,
    );
    return chain === undefined ? undefined : String(chain);
  }
  /** An event that ended keeps no body: nobody reads it again. */
  function end(eventId: string, state: 'done' | 'failed'): void {
    run(`UPDATE queue_event SET state = ?, body = 'null' WHERE event_id = ?`, state, eventId);
  }

  return {
    add({ jobId, queueName, events, causedBy }, now) {
      const chain = chainOf(causedBy) ?? jobId;
      const insert = database.prepare(
        `INSERT INTO queue_event (event_id, installation, job_id, queue, body,
           concurrency_key, concurrency_limit, state, due_at, published_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, 'waiting', ?, ?)`,
      );
      database
        .transaction(() => {
          run(
            `INSERT INTO queue_chain VALUES (?, ?, 1)
             ON CONFLICT (installation, chain_id) DO UPDATE SET pushes = pushes + 1`,
            installationId,
            chain,
          );
          run(
            `INSERT INTO queue_job (installation, job_id, queue, chain_id, published_at) VALUES (?, ?, ?, ?, ?)`,
            installationId,
            jobId,
            queueName,
            chain,
            now,
          );
          for (const { body, delayInSeconds = 0, concurrency } of events) {
            insert.run(
              randomUUID(),
              installationId,
              jobId,
              queueName,
              JSON.stringify(body),
              concurrency?.key ?? null,
              concurrency?.limit ?? null,
              now + Math.round(delayInSeconds * 1000),
              now,
            );
          }
        })
        .immediate();
    },
    hasJob: (jobId) =>
      count(
        'SELECT count(*) AS found FROM queue_job WHERE installation = ? AND job_id = ?',
        installationId,
        jobId,
      ) > 0,
    countSince: (time) =>
      count(
        'SELECT count(*) AS found FROM queue_event WHERE installation = ? AND published_at > ?',
        installationId,
        time,
      ),
    countChain(causedBy) {
      const chain = chainOf(causedBy);
      return chain === undefined
        ? 0
        : count(
            'SELECT pushes AS found FROM queue_chain WHERE installation = ? AND chain_id = ?',
            installationId,
            chain,
          );
    },
    listDue(now, limit) {
      const rows = database
        .prepare(
          `SELECT event_id, job_id, queue, body, published_at, app_retries, repeats, retry_context
           FROM queue_event AS event
           WHERE installation = ? AND state = 'waiting' AND due_at <= ?
             AND (concurrency_key IS NULL OR concurrency_limit >
               (SELECT count(*) FROM queue_event AS other WHERE other.installation = event.installation
                  AND other.state = 'delivering' AND other.concurrency_key = event.concurrency_key))
           ORDER BY due_at, rowid LIMIT ?`,
        )
        .all(installationId, now, limit) as Row[];
      return rows.map(toEvent);
    },
    nextDueAfter(now) {
      const due = find(
        `SELECT min(due_at) AS found FROM queue_event
         WHERE installation = ? AND state = 'waiting' AND due_at > ?`,
        installationId,
        now,
      );
      return due === undefined ? undefined : Number(due);
    },
    countUnfinished: () =>
      count(
        `SELECT count(*) AS found FROM queue_event WHERE installation = ? AND state IN ('waiting', 'delivering')`,
        installationId,
      ),
    setDelivering(eventId) {
      run(`UPDATE queue_event SET state = 'delivering' WHERE event_id = ?`, eventId);
    },
    setDone: (eventId) => end(eventId, 'done'),
    setFailed: (eventId) => end(eventId, 'failed'),
    setWaiting({ eventId, jobId, appRetries, repeats, retryContext }, dueAt) {
      run(
        `UPDATE queue_event SET app_retries = ?, repeats = ?, retry_context = ?, due_at = ?,
           state = CASE WHEN (SELECT cancelled FROM queue_job WHERE installation = ? AND job_id = ?) = 1
             THEN 'cancelled' ELSE 'waiting' END
         WHERE event_id = ?`,
        appRetries,
        repeats,
        retryContext ? JSON.stringify(retryContext) : null,
        dueAt,
        installationId,
        jobId,
        eventId,
      );
    },
    recoverDeliveries() {
      run(
        `UPDATE queue_event SET state = 'waiting' WHERE installation = ? AND state = 'delivering'`,
        installationId,
      );
    },
    findStats(jobId, queueName) {
      const row = database
        .prepare(
          `SELECT count(*) FILTER (WHERE state = 'done') AS success,
             count(*) FILTER (WHERE state IN ('waiting', 'delivering')) AS inProgress,
             count(*) FILTER (WHERE state = 'failed') AS failed
           FROM queue_job JOIN queue_event USING (installation, job_id)
           WHERE installation = ? AND job_id = ? AND queue_job.queue = ? GROUP BY job_id`,
        )
        .get(installationId, jobId, queueName) as JobStats | undefined;
      return row && { success: row.success, inProgress: row.inProgress, failed: row.failed };
    },
    cancel(jobId, queueName) {
      return database
        .transaction(() => {
          const found = run(
            'UPDATE queue_job SET cancelled = 1 WHERE installation = ? AND job_id = ? AND queue = ?',
            installationId,
            jobId,
            queueName,
          );
          if (found === 0) return false;
          run(
            `UPDATE queue_event SET state = 'cancelled', body = 'null'
             WHERE installation = ? AND job_id = ? AND state = 'waiting'`,
            installationId,
            jobId,
          );
          return true;
        })
        .immediate();
    },
    forgetBefore(time) {
      database
        .transaction(() => {
          const ended = `job_id NOT IN (SELECT job_id FROM queue_event
            WHERE installation = ? AND state IN ('waiting', 'delivering'))`;
          for (const table of ['queue_event', 'queue_job']) {
            run(
              `DELETE FROM ${table} WHERE installation = ? AND published_at < ? AND ${ended}`,
              installationId,
              time,
              installationId,
            );
          }
          run(
            `DELETE FROM queue_chain WHERE installation = ? AND chain_id NOT IN
               (SELECT chain_id FROM queue_job WHERE installation = ?)`,
            installationId,
            installationId,
          );
        })
        .immediate();
    },
  };
}

function toEvent(row: Row): StoredEvent {
  return {
    eventId: row.event_id,
    jobId: row.job_id,
    queueName: row.queue,
    body: JSON.parse(row.body) as unknown,
    publishedAt: row.published_at,
    appRetries: row.app_retries,
    repeats: row.repeats,
    retryContext:
      row.retry_context === null ? undefined : (JSON.parse(row.retry_context) as RetryContext),
  };
}
