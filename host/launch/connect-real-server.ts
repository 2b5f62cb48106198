import * as z from 'zod';
import type { BitbucketStandIn } from '../bitbucket/types';
import type { InstallablePlatform } from '../platform/types';
import type { RealServer } from './real-server';

/** The app did not take the server; the message is a sentence for the person who started the host. */
export class ServerRefusedError extends Error {
  override readonly name = 'ServerRefusedError';
}

interface ConnectRealServerOptions {
  readonly server: RealServer;
  readonly bitbucket: BitbucketStandIn;
  readonly platform: InstallablePlatform;
  readonly log: (line: string) => void;
}

/** A run of a function may make 100 calls; each repository takes up to three. */
const repositoriesAtOnce = 20;

const Connected = z.union([
  z.object({ problem: z.string() }),
  z.object({ connectionId: z.string(), webhook: z.enum(['created', 'reused', 'unavailable']) }),
]);
const Matched = z.array(
  z.object({ repositoryUuid: z.string(), projectKey: z.string().optional() }),
);

/**
 * Lets the app connect the server and bind what has the same name there, through its own use cases; everything else is
 * bound on the app's pages. Answers the id of the connection, which is empty while the app is not installed. @throws ServerRefusedError with the app's words when the server cannot be connected.
 */
export async function connectRealServer(options: ConnectRealServerOptions): Promise<string> {
  const { server, bitbucket, platform, log } = options;
  const { kind, url, publicUrl, token } = server;
  if (!platform.isInstalled) {
    log(
      'The app is not installed on this workspace: install it, and start again to connect the server.',
    );
    return '';
  }
  const name = new URL(publicUrl ?? url).host;
  // As an administrator would have answered the request of the page.
  platform.egress.set({
    egresses: [
      {
        key: 'real-server',
        description: name,
        configured: [{ domain: new URL(url).origin, type: ['FETCH_BACKEND_SIDE'] }],
      },
    ],
  });
  const connected = Connected.parse(
    await platform.runHandler('host-setup.connectServer', { name, kind, url, publicUrl, token }),
  );
  if ('problem' in connected) throw new ServerRefusedError(`${name}: ${connected.problem}`);
  if (publicUrl !== undefined) {
    log(`The app knows ${publicUrl} as ${url}: functions reach https on the internet only.`);
  }
  log(
    connected.webhook === 'unavailable'
      ? 'There is no webhook on the server (the token may not create one, or the server may not call this machine: sonar.validateWebhooks), so gates are read at intervals.'
      : `The server tells ${platform.baseUrl} of every new gate, as long as it reaches this machine.`,
  );
  const { connectionId } = connected;
  const { workspace } = bitbucket;
  const repositories = bitbucket.repositories().filter(({ problem }) => problem === undefined);
  for (let from = 0; from < repositories.length; from += repositoriesAtOnce) {
    const some = repositories.slice(from, from + repositoriesAtOnce);
    const matched = Matched.parse(
      await platform.runHandler('host-setup.bindMatching', {
        connectionId,
        workspaceUuid: workspace.uuid,
        repositories: some.map(({ uuid, slug, name: title }) => ({
          repositoryUuid: uuid,
          names: [slug, title, `${workspace.slug}_${slug}`, `${workspace.slug}:${slug}`],
        })),
      }),
    );
    for (const { uuid, name: repository } of some) {
      const project = matched.find(({ repositoryUuid }) => repositoryUuid === uuid)?.projectKey;
      log(
        project === undefined
          ? `No project of the server has the name of ${repository}: bind one on its settings page.`
          : `${repository} is bound to the project ${project}.`,
      );
    }
  }
  return connectionId;
}
