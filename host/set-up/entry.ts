import * as z from 'zod/mini';
import { createApp } from '../../src/app';
import { cloudUrls } from '../../src/domain/connection-url';
import { withoutBraces } from '../../src/domain/identifiers';
import { AppError } from '../../src/errors/app-error';

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

const Server = z.object({
  name: z.string(),
  kind: z.enum(['sonarqube-cloud', 'sonarqube-server']),
  url: z.string(),
  publicUrl: z.optional(z.string()),
  token: z.string(),
});

const Matching = z.object({
  connectionId: z.string(),
  workspaceUuid: z.string(),
  repositories: z.array(z.object({ repositoryUuid: z.string(), names: z.array(z.string()) })),
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

/** Connects a real server; a refusal is an answer, in the app's words. Safe to repeat. */
export async function connectServer(body: unknown) {
  const server = Server.parse(body);
  const known = (await stores.connections.list()).find(({ name }) => name === server.name);
  try {
    const saved = known
      ? await useCases.saveConnection.update({ ...known, ...server })
      : await useCases.saveConnection.add(server);
    return { connectionId: saved.connection.connectionId, webhook: saved.webhook };
  } catch (error) {
    if (error instanceof AppError) return { problem: error.message };
    throw error;
  }
}

/**
 * Binds each repository that has no project to the one project of the connection with one of its names, as a person
 * would find it; answers the project of each, if it has one then.
 */
export async function bindMatching(body: unknown) {
  const { connectionId, workspaceUuid, repositories } = Matching.parse(body);
  const outcomes: { repositoryUuid: string; projectKey?: string }[] = [];
  for (const { repositoryUuid, names } of repositories) {
    const [bound] = (await stores.bindings.find(withoutBraces(repositoryUuid)))?.projects ?? [];
    const projectKey =
      bound?.projectKey ??
      (await findMatching({ connectionId, workspaceUuid, repositoryUuid }, names));
    if (projectKey !== undefined && !bound) {
      await useCases.bindProject({ connectionId, repositoryUuid, projectKey });
    }
    outcomes.push({ repositoryUuid, ...(projectKey !== undefined && { projectKey }) });
  }
  return outcomes;
}

/** Key of the one free project with one of the names; `undefined` without one, and where several have it. */
async function findMatching(
  place: { connectionId: string; workspaceUuid: string; repositoryUuid: string },
  names: readonly string[],
): Promise<string | undefined> {
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  const [query = ''] = names;
  const { projects } = await useCases.searchProjects({ ...place, query, page: 1 });
  const matching = projects.filter(
    ({ projectKey, name, boundTo }) =>
      boundTo === undefined &&
      (wanted.has(projectKey.toLowerCase()) || wanted.has(name.toLowerCase())),
  );
  return matching.length === 1 ? matching[0]?.projectKey : undefined;
}

/** Gives the webhook of a connection a new secret, as its page will; see the use case for what stays valid how long. */
export async function rotateWebhookSecret(body: unknown): Promise<void> {
  await useCases.rotateWebhookSecret(Rotation.parse(body).connectionId);
}
