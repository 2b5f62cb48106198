import * as z from 'zod/mini';
import type { KeyValueStore } from '../domain/ports/key-value-store';
import type { SecretStore } from '../domain/ports/stores';
import { keys } from './keys';
import { parseRecord } from './parse-record';

const StoredToken = z.strictObject({ version: z.literal(1), token: z.string() });
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
      return stored === undefined ? undefined : parseRecord(StoredToken, key, stored).token;
    },

    async saveToken(connectionId, token) {
      await store.setSecret(keys.token(connectionId), { version: 1, token });
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
