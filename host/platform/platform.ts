import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { externalOf } from './external';
import { createConsumerIngress } from './ingress/consumers';
import { callOf } from './ingress/functions';
import { createMergeCheckIngress } from './ingress/merge-check';
import { createResolverIngress } from './ingress/resolver';
import { startSchedules } from './ingress/schedules';
import { createTriggerIngress } from './ingress/triggers';
import { createWebTriggerIngress } from './ingress/web-trigger';
import { createWebTriggerApp } from './ingress/web-trigger-http';
import { createCustomerEgress } from './customer-egress';
import { createKvs } from './kvs/kvs';
import { PlatformLimits } from './limits';
import { readManifest } from './manifest';
import { createPortMemory } from './port-memory';
import { createBitbucketRoute } from './proxy/bitbucket-route';
import { createEgressRoute } from './proxy/egress-route';
import { createFaultyLine } from './proxy/faulty-line';
import { createGrants } from './proxy/grants';
import { createKvsRoute } from './proxy/kvs-route';
import { createProxy, listen } from './proxy/proxy';
import { createRealtimeTokens } from './realtime-tokens';
import { createRealtimeRoute } from './proxy/realtime-route';
import { createStargateRoute } from './proxy/stargate-route';
import { createQueue } from './queue/queue';
import type { FunctionCall, FunctionOutcome } from './supervisor/invoker';
import { createInvoke, failureText } from './supervisor/invoker';
import { createLogBook } from './supervisor/log-book';
import { createPool } from './supervisor/pool';
import type { LocalPlatform, PlatformOptions, RealtimeMessage } from './types';
import { createWebTriggerUrls } from './web-trigger-urls';

/**
 * Starts the Forge platform for one installed app: proxy, storage, queue, schedules and the threads that run functions.
 * @throws {Error} when the manifest is not valid or uses what is not emulated.
 */
export async function createPlatform(options: PlatformOptions): Promise<LocalPlatform> {
  const { clock, database, traffic, installation } = options;
  const manifest = readManifest(options.projectRoot);
  const running = new Set<Promise<unknown>>();
  const realtimeTokens = createRealtimeTokens(clock);
  const realtimeListeners = new Set<(message: RealtimeMessage) => void>();
  const grants = createGrants();
  const line = createFaultyLine({
    ...options,
    crash: (invocationId) => pool.crash(invocationId),
  });
  const kvs = createKvs({ database, clock, manifest, installation });
  const urls = createWebTriggerUrls(database, manifest, installation, () => server.baseUrl);
  const queue = createQueue({
    database,
    clock,
    manifest,
    installation,
    deliver: createConsumerIngress(run, manifest, installation),
    onGivenUp({ queueName, eventId }, reason) {
      const text = `The queue "${queueName}" gave up on event ${eventId}: ${reason}`;
      traffic.record({ log: { invocationId: '', level: 'warn', text } });
    },
  });
  const receiveWebTrigger = createWebTriggerIngress(run, manifest, urls);
  const egress = createCustomerEgress(
    database,
    installation.installationId,
    manifest.hasConfigurableEgress,
  );
  const { scopes } = manifest;
  const allowed = [...manifest.backendEgress, ...(options.allowedByAdministrator ?? [])];
  const proxy = createProxy({
    clock,
    traffic,
    grants,
    routes: {
      bitbucket: createBitbucketRoute({ ...options, scopes, line }),
      stargate: createStargateRoute({ queue, urls, line }),
      kvs: createKvsRoute(kvs, line),
      egress: createEgressRoute({
        clock,
        allowed: () => [...allowed, ...egress.backendDomains()],
        outside: options.outside,
        line,
      }),
      realtime: createRealtimeRoute({
        tokens: realtimeTokens,
        clock,
        installationId: installation.installationId,
        line,
        publish: (message) => realtimeListeners.forEach((listener) => listener(message)),
      }),
    },
  });
  const ports = createPortMemory(database);
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.route('/', createWebTriggerApp(receiveWebTrigger)).route('/', proxy);
  const server = await listen(app, ports.last);
  ports.remember(server.baseUrl);

  const logBook = createLogBook(clock, traffic);
  const pool = createPool({
    workerFile: options.workerFile,
    bundleDirectory: options.bundleDirectory,
    proxyUrl: server.baseUrl,
    memoryMB: manifest.memoryMB,
    clock,
    heldCalls: (invocationId) => grants.heldCalls(invocationId),
    onLog: (entry) => logBook.write(entry),
  });
  const leaveClock = clock.join?.(pool);
  const invoke = createInvoke({
    ...{ clock, traffic, grants, pool, logBook, manifest, installation, egress },
    variables: options.variables ?? {},
    proxyUrl: server.baseUrl,
  });
  const triggers = createTriggerIngress(run, manifest, clock, traffic);
  const schedules = startSchedules(run, manifest, installation, clock, traffic);

  /** Every run of a function comes through here, so that `idle` knows of it. */
  function run(call: FunctionCall): Promise<FunctionOutcome> {
    const outcome = invoke(call);
    running.add(outcome);
    void outcome.then(() => running.delete(outcome));
    return outcome;
  }

  return {
    baseUrl: server.baseUrl,
    installation,
    invokeResolver: createResolverIngress(run, manifest, installation),
    receiveWebTrigger,
    deliverEvent: (event) => triggers.deliver(event),
    mergeChecks: manifest.mergeChecks,
    runMergeCheck: createMergeCheckIngress(run, manifest, installation),
    async runHandler(handler, body) {
      const limitMs = PlatformLimits.longestFunctionMs;
      const names = { functionKey: handler, moduleKey: handler, moduleType: 'function' };
      const outcome = await run({ ...names, handler, body, limitMs });
      if (outcome.kind === 'success') return outcome.body;
      throw new Error(`The handler "${handler}" failed: ${failureText(outcome) ?? ''}`);
    },
    runInstalled: (installerAccountId) =>
      triggers.deliver({
        eventType: 'avi:forge:installed:app',
        id: installation.installationId,
        ...(installerAccountId === undefined ? {} : { installerAccountId }),
        app: { id: manifest.appId, version: '1.0.0' },
        environment: { id: installation.environmentId },
      }),
    async runPreUninstall() {
      for (const { key, function: functionKey } of manifest.preUninstalls) {
        const context = { workspaceId: `{${installation.workspaceUuid}}`, moduleKey: key };
        await run(callOf(manifest, { type: 'preUninstall', key, functionKey }, { context }));
      }
    },
    readRealtimeToken: (token, channel) => realtimeTokens.read(token, channel, 'subscribe'),
    onRealtime(listener) {
      realtimeListeners.add(listener);
      return () => realtimeListeners.delete(listener);
    },
    async idle() {
      do {
        await Promise.all(running);
        await queue.idle();
        await nextTurn();
      } while (running.size > 0);
    },
    queue: queue.control,
    egress,
    external: () => externalOf(manifest, egress),
    dumpStorage: () => kvs.dump(),
    async stop() {
      schedules.stop();
      triggers.stop();
      queue.stop();
      leaveClock?.();
      await pool.stop();
      await server.close();
    },
  };
}
