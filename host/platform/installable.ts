import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { HostDatabase } from '../database';
import { createPlatform } from './platform';
import type {
  InstallablePlatform,
  Installation,
  LocalPlatform,
  PlatformOptions,
  RealtimeMessage,
} from './types';

const Row = z.object({ id: z.string(), uninstalled_at: z.number().nullable() });

/**
 * The platform of one workspace, on which the app can be uninstalled and installed again. Each installation has an id
 * and a storage of its own; what an uninstalled one stored is kept under its old id, where nothing reads it.
 */
export async function createInstallablePlatform(
  options: PlatformOptions,
): Promise<InstallablePlatform> {
  const memory = openMemory(options.database, options.installation);
  const listeners = new Set<(message: RealtimeMessage) => void>();
  let isInstalled = memory.latest().uninstalled_at === null;
  let current = await start(memory.latest().id);
  if (!isInstalled) await current.stop();

  async function start(installationId: string): Promise<LocalPlatform> {
    const installation = { ...options.installation, installationId };
    const platform = await createPlatform({ ...options, installation });
    platform.onRealtime((message) => listeners.forEach((listener) => listener(message)));
    return platform;
  }

  function installed(): LocalPlatform {
    if (!isInstalled) throw new Error('The app is not installed on this workspace.');
    return current;
  }

  return {
    get baseUrl() {
      return current.baseUrl;
    },
    get installation() {
      return current.installation;
    },
    get isInstalled() {
      return isInstalled;
    },
    external: () => current.external(),
    readRealtimeToken: (token, channel) => current.readRealtimeToken(token, channel),
    get queue() {
      return current.queue;
    },
    get egress() {
      return current.egress;
    },
    invokeResolver: async (call) => installed().invokeResolver(call),
    receiveWebTrigger: async (request) =>
      isInstalled
        ? current.receiveWebTrigger(request)
        : { statusCode: 404, headers: {}, body: 'The app is not installed.' },
    async deliverEvent(event) {
      if (isInstalled) await current.deliverEvent(event);
    },
    runHandler: async (handler, body) => installed().runHandler(handler, body),
    get mergeChecks() {
      return current.mergeChecks;
    },
    runMergeCheck: async (call) => installed().runMergeCheck(call),
    runInstalled: async (accountId) => installed().runInstalled(accountId),
    runPreUninstall: async () => installed().runPreUninstall(),
    onRealtime(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async idle() {
      if (isInstalled) await current.idle();
    },
    dumpStorage: () => current.dumpStorage(),
    async uninstall() {
      await installed().runPreUninstall();
      isInstalled = false;
      memory.uninstalled(current.installation.installationId, options.clock.now());
      await current.stop();
    },
    async install(installerAccountId) {
      if (isInstalled) throw new Error('The app is installed already.');
      const id = randomUUID();
      current = await start(id);
      memory.add(id);
      isInstalled = true;
      await current.runInstalled(installerAccountId);
    },
    async stop() {
      if (isInstalled) await current.stop();
    },
  };
}

function openMemory(database: HostDatabase, first: Installation) {
  database.exec(
    `CREATE TABLE IF NOT EXISTS platform_installation (
      position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, uninstalled_at INTEGER)`,
  );
  database
    .prepare('INSERT OR IGNORE INTO platform_installation (position, id) VALUES (1, ?)')
    .run(first.installationId);
  return {
    latest: () =>
      Row.parse(
        database
          .prepare(
            'SELECT id, uninstalled_at FROM platform_installation ORDER BY position DESC LIMIT 1',
          )
          .get(),
      ),
    add(id: string) {
      database.prepare('INSERT INTO platform_installation (id) VALUES (?)').run(id);
    },
    uninstalled(id: string, now: number) {
      database
        .prepare('UPDATE platform_installation SET uninstalled_at = ? WHERE id = ?')
        .run(now, id);
    },
  };
}
