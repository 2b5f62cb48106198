import type { AnalysisServer } from '../../domain/ports/analysis-server';
import type { Calls } from './calls';
import { WebhookList } from './schema';

type WebhookCalls = Pick<
  AnalysisServer,
  'listWebhooks' | 'createWebhook' | 'updateWebhook' | 'deleteWebhook'
>;

/** Webhooks of an organization on Cloud, global ones on a Server (sonarqube.md 5). */
export function createWebhookCalls(calls: Calls, organization: string | undefined): WebhookCalls {
  return {
    async listWebhooks() {
      const { webhooks } = await calls.get('webhooks/list', { organization }, WebhookList);
      return webhooks.map(({ key, name, url, hasSecret = false }) => ({
        key,
        name,
        url,
        hasSecret,
      }));
    },
    createWebhook: (input) => calls.post('webhooks/create', { ...input, organization }),
    updateWebhook: (webhook, input) => calls.post('webhooks/update', { ...input, webhook }),
    deleteWebhook: (webhook) => calls.post('webhooks/delete', { webhook }),
  };
}
