import { previousSecretMs } from '../../domain/delivery';
import type { OpenServer } from '../../domain/ports/analysis-server';
import type { Clock } from '../../domain/ports/clock';
import type { WebTriggerUrls } from '../../domain/ports/messaging';
import type { Randomness } from '../../domain/ports/randomness';
import type { ConnectionStore, SecretStore } from '../../domain/ports/stores';
import { AppError } from '../../errors/app-error';
import { isOwn, webhookName } from '../ensure-webhook';
import { findAccess } from './find-access';

export interface RotateWebhookSecretOptions {
  readonly connections: ConnectionStore;
  readonly secrets: SecretStore;
  readonly openServer: OpenServer;
  readonly webTriggerUrls: WebTriggerUrls;
  readonly randomness: Randomness;
  readonly clock: Clock;
}

export type RotateWebhookSecret = (connectionId: string) => Promise<void>;

/**
 * Gives the webhook a new secret. Both secrets are good while it is not known which one the server uses, and the old one
 * for ten more minutes, so that no delivery on its way is lost.
 * @throws {AppError} NOT_FOUND without a connection or webhook; {RemoteError} when the server refuses: then a repeated
 * call goes on from there.
 */
export function createRotateWebhookSecret(
  options: RotateWebhookSecretOptions,
): RotateWebhookSecret {
  const { connections, secrets, openServer, webTriggerUrls, randomness, clock } = options;
  return async (connectionId) => {
    const [access, stored] = await Promise.all([
      findAccess({ connections, secrets }, connectionId),
      secrets.findWebhookSecrets(connectionId),
    ]);
    if (!access || !stored) {
      throw new AppError('NOT_FOUND', 'There is no such connection. Connect the server first.');
    }
    const server = openServer(access);
    const hook = (await server.listWebhooks()).find((each) => isOwn(each, connectionId));
    if (!hook) {
      throw new AppError('NOT_FOUND', 'The server has no webhook of ours. Connect it again.');
    }
    // A rotation that was interrupted is continued, as the server may already use its secret.
    const next = stored.next ?? randomness.secret();
    await secrets.saveWebhookSecrets(connectionId, { ...stored, next });
    const url = `${await webTriggerUrls.getDeliveryUrl()}/${connectionId}`;
    await server.updateWebhook(hook.key, { name: webhookName, url, secret: next });
    await secrets.saveWebhookSecrets(connectionId, {
      current: next,
      previous: { secret: stored.current, validUntilMs: clock.nowMs() + previousSecretMs },
    });
  };
}
