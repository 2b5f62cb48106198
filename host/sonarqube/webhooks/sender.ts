import type { HostClock } from '../../clock';
import { SonarQubeLimits } from '../limits';
import type { State } from '../state/open-state';
import type { Webhook } from '../state/webhooks';
import type { SonarQubeOptions } from '../types';
import { buildPayload, type WebhookEvent } from './payload';
import { sign } from './signature';

/** Sends an event to every webhook that is told of the project, once each, and records what became of it. */
export type SendWebhooks = (event: WebhookEvent) => Promise<void>;

interface SenderOptions {
  readonly state: State;
  readonly clock: HostClock;
  readonly baseUrl: string;
  readonly deliver: SonarQubeOptions['deliver'];
}

function headersOf(projectKey: string, secret: string | null, body: string) {
  return {
    'Content-Type': 'application/json; charset=utf-8',
    'X-SonarQube-Project': projectKey,
    ...(secret !== null && { 'X-Sonar-Webhook-HMAC-SHA256': sign(secret, body) }),
  };
}

/** There is no second attempt: SonarQube makes none either. */
export function createSender({ state, clock, baseUrl, deliver }: SenderOptions): SendWebhooks {
  /** The status of the answer, or `undefined` when there was none in time. */
  function deliverInTime(
    url: string,
    request: { headers: Record<string, string>; body: string },
  ): Promise<number | undefined> {
    return new Promise((resolve) => {
      const cancel = clock.schedule(SonarQubeLimits.webhookTimeoutMs, () => resolve(undefined));
      const end = (status?: number) => {
        cancel();
        resolve(status);
      };
      deliver(url, request).then(
        ({ status }) => end(status),
        () => end(),
      );
    });
  }

  async function send(webhook: Webhook, event: WebhookEvent, body: string): Promise<void> {
    const at = clock.now();
    const headers = headersOf(event.project.key, webhook.secret, body);
    const httpStatus = await deliverInTime(webhook.url, { headers, body });
    state.webhooks.addDelivery({
      webhookKey: webhook.key,
      projectKey: event.project.key,
      taskId: event.taskId ?? null,
      name: webhook.name,
      url: webhook.url,
      at,
      success: httpStatus !== undefined && httpStatus >= 200 && httpStatus < 300,
      httpStatus: httpStatus ?? null,
      durationMs: clock.now() - at,
      payload: body,
    });
  }

  return async (event) => {
    const body = buildPayload(baseUrl, event);
    const { key: projectKey, organization } = event.project;
    const webhooks = [
      ...state.webhooks.list({ projectKey, organization: null }),
      ...state.webhooks.list({ projectKey: null, organization }),
    ];
    await Promise.all(webhooks.map((webhook) => send(webhook, event, body)));
  };
}
