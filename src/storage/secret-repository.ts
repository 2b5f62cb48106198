import * as z from 'zod/mini';
import type { KeyValueStore } from '../domain/ports/key-value-store';
import type { SecretStore } from '../domain/ports/stores';
import { keys } from './keys';
import { parseRecord } from './parse-record';

const StoredToken = z.strictObject({ version: z.literal(1), token: z.string(), url: z.string() });
const StoredWebhookSecrets = z.strictObject({
  version: z.literal(1),
  current: z.string(),
  next: z.optional(z.string()),
  previous: z.optional(z.strictObject({ secret: z.string(), validUntilMs: z.number() })),
});

/** Credentials, in the platform's encrypted store and nowhere else. */
export function createSecretRepository(store: KeyValueStore): SecretStore {
  return {
    async findToken(connectionId) {
      const key = keys.token(connectionId);
      const stored = await store.getSecret(key);
      if (stored === undefined) return undefined;
      const { token, url } = parseRecord(StoredToken, key, stored);
      return { token, url };
    },

    async saveToken(connectionId, { token, url }) {
      await store.setSecret(keys.token(connectionId), { version: 1, token, url });
    },

    async removeAll(connectionId) {
      await store.deleteSecret(keys.token(connectionId));
      await store.deleteSecret(keys.webhookSecrets(connectionId));
    },

    async findWebhookSecrets(connectionId) {
      const key = keys.webhookSecrets(connectionId);
      const stored = await store.getSecret(key);
      if (stored === undefined) return undefined;
      const { current, next, previous } = parseRecord(StoredWebhookSecrets, key, stored);
      return { current, next, previous };
    },

    async saveWebhookSecrets(connectionId, secrets) {
      await store.setSecret(keys.webhookSecrets(connectionId), { version: 1, ...secrets });
    },
  };
}
