import * as z from 'zod/mini';
import { createApp } from '../../src/app';
import { cloudUrls } from '../../src/domain/connection-url';

/** What the host asks for at its start, so that nobody has to click through the pages first. */
const SetUp = z.object({
  connection: z.object({
    name: z.string(),
    kind: z.enum(['sonarqube-cloud', 'sonarqube-server']),
    region: z.optional(z.enum(['eu', 'us'])),
    url: z.optional(z.string()),
    token: z.string(),
    organizationKey: z.optional(z.string()),
  }),
  bindings: z.array(
    z.object({ repositoryUuid: z.string(), projectKey: z.string(), projectName: z.string() }),
  ),
});

const Rotation = z.object({ connectionId: z.string() });

const { stores, useCases } = createApp();

/**
 * Connects the analysis server and binds the repositories through the app's own use cases, inside the function worker
 * like any function. Safe to repeat: the same body leads to the same connection, webhook and bindings.
 */
export async function setUp(body: unknown) {
  const { connection, bindings } = SetUp.parse(body);
  const { region = 'eu', url = cloudUrls[region], ...input } = connection;
  const known = (await stores.connections.list()).find(({ name }) => name === input.name);
  const saved = known
    ? await useCases.saveConnection.update({ ...known, ...input, url })
    : await useCases.saveConnection.add({ ...input, url });
  const { connectionId } = saved.connection;
  // One after the other: bindings of one repository are written on top of each other.
  for (const binding of bindings) await useCases.bindProject({ connectionId, ...binding });
  return { connectionId, webhook: saved.webhook, bindings: bindings.length };
}

/** Gives the webhook of a connection a new secret, as its page will; see the use case for what stays valid how long. */
export async function rotateWebhookSecret(body: unknown): Promise<void> {
  await useCases.rotateWebhookSecret(Rotation.parse(body).connectionId);
}
