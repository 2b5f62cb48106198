import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Rows } from './rows';

const WebhookRow = z
  .object({
    key: z.string(),
    project_key: z.string().nullable(),
    organization: z.string().nullable(),
    name: z.string(),
    url: z.string(),
    secret: z.string().nullable(),
  })
  .transform(({ project_key: projectKey, ...row }) => ({ ...row, projectKey }));
/** A webhook of a project, of an organization (Cloud), or of the whole server when both are null. */
export type Webhook = Readonly<z.output<typeof WebhookRow>>;
export type WebhookScope = Pick<Webhook, 'projectKey' | 'organization'>;

const DeliveryRow = z
  .object({
    id: z.string(),
    webhook_key: z.string(),
    project_key: z.string(),
    task_id: z.string().nullable(),
    name: z.string(),
    url: z.string(),
    at: z.number(),
    success: z.number().transform(Boolean),
    http_status: z.number().nullable(),
    duration_ms: z.number(),
    payload: z.string(),
  })
  .transform((row) => ({
    id: row.id,
    webhookKey: row.webhook_key,
    projectKey: row.project_key,
    taskId: row.task_id,
    name: row.name,
    url: row.url,
    at: row.at,
    success: row.success,
    httpStatus: row.http_status,
    durationMs: row.duration_ms,
    payload: row.payload,
  }));
/** One attempt to deliver; `httpStatus` is null when no answer came. */
export type Delivery = Readonly<z.output<typeof DeliveryRow>>;

export interface Webhooks {
  find(key: string): Webhook | undefined;
  /** Those of exactly this scope, oldest first. */
  list(scope: WebhookScope): readonly Webhook[];
  listAll(): readonly Webhook[];
  add(webhook: Omit<Webhook, 'key'>): Webhook;
  update(key: string, changes: Pick<Webhook, 'name' | 'url' | 'secret'>): void;
  remove(key: string): void;
  addDelivery(delivery: Omit<Delivery, 'id'>): void;
  /** Newest first. */
  listDeliveries(): readonly Delivery[];
}

export function createWebhooks(rows: Rows): Webhooks {
  return {
    find: (key) => rows.find(WebhookRow, 'SELECT * FROM sonarqube_webhook WHERE key = ?', key),
    list: ({ projectKey, organization }) =>
      rows.list(
        WebhookRow,
        `SELECT * FROM sonarqube_webhook WHERE project_key IS ? AND organization IS ?
         ORDER BY number`,
        projectKey,
        organization,
      ),
    listAll: () => rows.list(WebhookRow, 'SELECT * FROM sonarqube_webhook ORDER BY number'),
    add(webhook) {
      const key = randomUUID();
      const { projectKey, organization, name, url, secret } = webhook;
      rows.run(
        `INSERT INTO sonarqube_webhook (key, project_key, organization, name, url, secret)
         VALUES (?, ?, ?, ?, ?, ?)`,
        ...[key, projectKey, organization, name, url, secret],
      );
      return { key, ...webhook };
    },
    update(key, { name, url, secret }) {
      rows.run(
        'UPDATE sonarqube_webhook SET name = ?, url = ?, secret = ? WHERE key = ?',
        ...[name, url, secret, key],
      );
    },
    remove(key) {
      rows.run('DELETE FROM sonarqube_webhook WHERE key = ?', key);
      rows.run('DELETE FROM sonarqube_delivery WHERE webhook_key = ?', key);
    },
    addDelivery(delivery) {
      rows.run(
        `INSERT INTO sonarqube_delivery (id, webhook_key, project_key, task_id, name, url, at,
           success, http_status, duration_ms, payload) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[randomUUID(), delivery.webhookKey, delivery.projectKey, delivery.taskId],
        ...[delivery.name, delivery.url, delivery.at, delivery.success ? 1 : 0],
        ...[delivery.httpStatus, delivery.durationMs, delivery.payload],
      );
    },
    listDeliveries: () =>
      rows.list(DeliveryRow, 'SELECT * FROM sonarqube_delivery ORDER BY number DESC'),
  };
}
