import { createHmac } from 'node:crypto';
import * as z from 'zod';
import type { Host } from '../../host/host';
import type { Walk, WalkPullRequest } from './walk';

const WebhookList = z.object({
  webhooks: z.array(
    z.object({ key: z.string(), name: z.string(), url: z.string(), hasSecret: z.boolean() }),
  ),
});

/** The webhooks of the organization, as the server lists them. */
export async function listWebhooks({ sonarqube }: Host) {
  const token = sonarqube.issueToken('Looks at webhooks');
  const answer = await sonarqube.fetch(
    new Request(`${sonarqube.baseUrl}/api/webhooks/list?organization=gatehouse`, {
      headers: { authorization: `Bearer ${token}` },
    }),
  );
  return WebhookList.parse(await answer.json()).webhooks;
}

/** The secret that the app gave the server last, seen where it crossed the border. */
export function lastWebhookSecret({ traffic }: Host): string {
  const [call] = traffic.calls
    .filter(({ target }) => /\/api\/webhooks\/(?:create|update)$/.test(target))
    .slice(-1);
  const secret = new URLSearchParams(call?.requestBody).get('secret');
  if (secret === null) throw new Error('The app gave the server no secret.');
  return secret;
}

/** The body of a webhook as SonarQube sends it after an analysis of this pull request. */
export function buildDelivery(
  { host, projectKey }: Walk,
  { id, head }: WalkPullRequest,
  part: Readonly<Record<string, unknown>> = {},
): string {
  const at = new Date(host.clock.now()).toISOString().replace('.000Z', '+0000');
  return JSON.stringify({
    serverUrl: 'https://sonarcloud.io',
    taskId: `task-${id}`,
    status: 'SUCCESS',
    analysedAt: at,
    revision: head,
    changedAt: at,
    project: { key: projectKey, name: 'shop', url: 'https://sonarcloud.io/dashboard' },
    branch: { name: String(id), type: 'PULL_REQUEST', isMain: false },
    properties: {},
    ...part,
  });
}

export function sign(secret: string, body: string): string {
  return createHmac('sha256', secret).update(body).digest('hex');
}

/** Sends a request to the real address of the web trigger, over HTTP; answers the status. */
export async function post(
  url: string,
  body: string,
  signature?: string,
  method = 'POST',
): Promise<number> {
  const response = await fetch(url, {
    method,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...(signature !== undefined && { 'X-Sonar-Webhook-HMAC-SHA256': signature }),
    },
    ...(method !== 'GET' && { body }),
  });
  await response.text();
  return response.status;
}
