import type { AnalysisServer, Webhook } from '../domain/ports/analysis-server';
import type { Log } from '../domain/ports/log';
import type { WebTriggerUrls } from '../domain/ports/messaging';
import type { Randomness } from '../domain/ports/randomness';
import type { DeliveryLog, SecretStore } from '../domain/ports/stores';
import { RemoteForbiddenError, RemoteRejectedError } from '../errors/remote-errors';

/** How people recognise the webhook on the server. */
export const webhookName = 'Gatehouse';

/** `unavailable`: token or plan allow none, so changes are noticed by asking. */
export type WebhookOutcome = 'created' | 'reused' | 'unavailable';

export interface EnsureWebhookOptions {
  readonly secrets: SecretStore;
  readonly deliveries: Pick<DeliveryLog, 'noteWebhook'>;
  readonly webTriggerUrls: WebTriggerUrls;
  readonly randomness: Randomness;
  readonly log: Log;
}

export type EnsureWebhook = (
  connectionId: string,
  server: AnalysisServer,
) => Promise<WebhookOutcome>;

/**
 * Makes sure that the server has exactly one webhook for this connection, whose secret is the stored one. Safe to repeat
 * after a crash at any point: the secret is stored before the server learns it.
 * @throws {RemoteError} when the server cannot tell.
 */
export function createEnsureWebhook(options: EnsureWebhookOptions): EnsureWebhook {
  const { secrets, deliveries, webTriggerUrls, randomness, log } = options;

  async function getSecret(connectionId: string): Promise<{ secret: string; isNew: boolean }> {
    const stored = await secrets.findWebhookSecrets(connectionId);
    if (stored) return { secret: stored.current, isNew: false };
    const secret = randomness.secret();
    await secrets.saveWebhookSecrets(connectionId, { current: secret });
    return { secret, isNew: true };
  }

  async function ensure(connectionId: string, server: AnalysisServer): Promise<WebhookOutcome> {
    const deliveryUrl = `${await webTriggerUrls.getDeliveryUrl()}/${connectionId}`;
    const { secret, isNew } = await getSecret(connectionId);
    const own = (await server.listWebhooks()).filter((hook) => isOwn(hook, connectionId));
    const kept = own.find(({ url }) => url === deliveryUrl) ?? own[0];
    for (const extra of own) {
      if (extra !== kept) await server.deleteWebhook(extra.key);
    }
    const wanted = { name: webhookName, url: deliveryUrl, secret };
    if (!kept) {
      await server.createWebhook(wanted);
      return 'created';
    }
    // The address of the web trigger changes when the app is installed anew; of doubles, nobody knows which secret is ours.
    if (isNew || own.length > 1 || !kept.hasSecret || kept.url !== deliveryUrl) {
      await server.updateWebhook(kept.key, wanted);
    }
    return 'reused';
  }

  return async (connectionId, server) => {
    try {
      const outcome = await ensure(connectionId, server);
      await deliveries.noteWebhook(connectionId, { state: 'there' });
      return outcome;
    } catch (error) {
      const isRefused =
        error instanceof RemoteForbiddenError || error instanceof RemoteRejectedError;
      if (!isRefused) throw error;
      await deliveries.noteWebhook(connectionId, { state: 'unavailable' });
      log.warn('the server allows no webhook', { connectionId, status: error.status });
      return 'unavailable';
    }
  };
}

/** Ours by name and by the connection at the end of its address. */
export function isOwn({ name, url }: Webhook, connectionId: string): boolean {
  return name === webhookName && url.endsWith(`/${connectionId}`);
}
