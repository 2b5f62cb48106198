import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createBitbucket } from './bitbucket/bitbucket';
import {
  openRemoteBitbucket,
  type RemoteBitbucketOptions,
} from './bitbucket/remote/remote-bitbucket';
import type { BitbucketStandIn } from './bitbucket/types';
import type { HostClock } from './clock';
import { createControl } from './control/control';
import { listOpenIssues } from './control/server-issues';
import { createFaults, type Faults } from './faults';
import { createAnalysisServers, type ServerOptions } from './launch/analysis-servers';
import { connectApp, projectKeyOf } from './launch/connect-app';
import { connectRealServer } from './launch/connect-real-server';
import { watchDisk } from './launch/disk-watch';
import { openState } from './launch/host-state';
import { openRealServer, type RealServerOptions } from './launch/real-server';
import { settleAll } from './launch/settle';
import { startUp } from './launch/start-up';
import { toWebTriggerRequest } from './launch/web-trigger-request';
import { installationOn, workspace } from './launch/workspace';
import { createMergeChecks } from './merge-checks';
import { createManualClock } from './manual-clock';
import { createPipeline } from './pipeline';
import { createInstallablePlatform } from './platform/installable';
import type { InstallablePlatform } from './platform/types';
import { createRealClock } from './real-clock';
import { createAccess, createTokenAccess } from './shell/access';
import type { CspViolation } from './shell/frame/csp-violations';
import { createFrameApp } from './shell/frame/frame-app';
import { createFrameRegistry } from './shell/frame/registry';
import { createLiveUpdates } from './shell/live-updates';
import { readShellManifest } from './shell/manifest';
import { createModuleFrames } from './shell/modules';
import { listenOnLoopback } from './shell/server/loopback';
import { createShellApp } from './shell/shell-app';
import { createAnalyser } from './sonarqube/analysis/analyser';
import type { Analyse, SonarQubeStandIn } from './sonarqube/types';
import { createTraffic, type Traffic } from './traffic';

export interface HostOptions {
  /** Folder of the project: manifest, builds and packages are found from here. */
  readonly projectRoot: string;
  /** Folders to take in; one that is no git repository is shown with its problem. */
  readonly repositories: readonly string[];
  /** Where state lasts; `:memory:` forgets it at the end. */
  readonly stateDirectory: string;
  /** Forgets what earlier runs stored. */
  readonly isFresh?: boolean;
  /** Port of the pages; 0 takes any free one. */
  readonly port: number;
  readonly clock: 'real' | 'manual';
  /** Where a manual clock starts, in epoch milliseconds. */
  readonly startMs?: number;
  /** Pushes by itself when a branch moved on disk. */
  readonly watch: boolean;
  /** Custom merge checks are switched on and Required everywhere; off without it, as in a new workspace. */
  readonly hasMergeChecks?: boolean;
  /** The pipeline analyses main branches too; off unless it says true. */
  readonly hasMainBranchAnalysis?: boolean;
  /** In place of the real analysis. */
  readonly analyse?: Analyse;
  /** A real workspace in place of the stand-in of Bitbucket; `repositories` is empty then. */
  readonly realBitbucket?: Omit<RemoteBitbucketOptions, 'clock'>;
  /** A real server in place of SonarQube Cloud's stand-in; nothing is analysed here then. */
  readonly realServer?: RealServerOptions;
  /** Analysis servers beside SonarQube Cloud; the app reaches those that its manifest lets it reach. */
  readonly servers?: readonly ServerOptions[];
  readonly log?: (line: string) => void;
}

/** The running host. */
export interface Host {
  readonly url: string;
  /** Origin of the app's frames. */
  readonly frameUrl: string;
  readonly clock: HostClock;
  readonly traffic: Traffic;
  readonly faults: Faults;
  readonly bitbucket: BitbucketStandIn;
  /** SonarQube Cloud, which the app is connected to from the start. */
  readonly sonarqube: SonarQubeStandIn;
  /** All analysis servers by their address, without a slash at its end. */
  readonly servers: ReadonlyMap<string, SonarQubeStandIn>;
  readonly platform: InstallablePlatform;
  readonly connectionId: string;
  readonly cspViolations: readonly CspViolation[];
  /** Resolves when nothing is left to do at the clock's present time: analyses, webhooks, queue, events. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

/** Limits of one analysis (issue 2: a time and memory limit). */
const analysisLimits = { timeoutMs: 120_000, memoryMb: 640 } as const;
const serverUrl = 'https://sonarcloud.io';

/**
 * Puts the host together and starts it, in order; whatever fails undoes what was started before.
 * @throws PortTakenError or StateInUseError, which people can put right.
 */
export function startHost(options: HostOptions): Promise<Host> {
  return startUp(async (onStop) => {
    const { projectRoot, log = ignore } = options;
    const state = openState(options.stateDirectory, options.isFresh ?? false);
    onStop(() => state.close());
    const shellServer = await listenOnLoopback(options.port);
    onStop(() => shellServer.close());
    const frameServer = await listenOnLoopback(0);
    onStop(() => frameServer.close());

    const { database } = state;
    const realServer = options.realServer && openRealServer(options.realServer);
    const clock =
      options.clock === 'real'
        ? createRealClock()
        : createManualClock(options.startMs ?? Date.now());
    onStop(() => clock.stop());
    const traffic = createTraffic();
    const faults = createFaults();
    const bitbucket = options.realBitbucket
      ? await openRemoteBitbucket({ ...options.realBitbucket, clock })
      : createBitbucket({ database, clock, workspace });
    const isLocal = options.realBitbucket === undefined;
    const installation = installationOn(bitbucket.workspace);
    const servers = createAnalysisServers(
      {
        database,
        clock,
        repositoriesOf: (name, slug) =>
          name === 'bitbucket' && slug === bitbucket.workspace.slug
            ? bitbucket.repositories().map((repository) => ({ ...repository, id: repository.uuid }))
            : undefined,
        deliver: async (url, request) => {
          const trigger = toWebTriggerRequest(platform.baseUrl, url, request);
          if (!trigger) return { status: 502 };
          return { status: (await platform.receiveWebTrigger(trigger)).statusCode };
        },
        analyse:
          options.analyse ??
          createAnalyser({
            workerFile: join(projectRoot, '.build/host/analysis-worker.cjs'),
            ...analysisLimits,
          }),
      },
      serverUrl,
      options.servers ?? [],
    );
    const { sonarqube } = servers;
    onStop(() => servers.stop());
    const platform = await createInstallablePlatform({
      projectRoot,
      bundleDirectory: join(projectRoot, '.build/app'),
      workerFile: join(projectRoot, '.build/host/function-worker.cjs'),
      database,
      clock,
      traffic,
      faults,
      bitbucket,
      outside: { ...servers.outside, ...realServer?.outside },
      installation,
    });
    onStop(() => platform.stop());

    for (const path of options.repositories) {
      log(`Taking in ${path} …`);
      const { name, problem, notice } = await bitbucket.addRepository({ path, isPrivate: true });
      if (problem !== undefined) log(`${path} is left out: ${problem}`);
      if (notice !== undefined) log(`${name}: ${notice}`);
    }
    log('Connecting the app to the analysis server …');
    const token = sonarqube.issueToken('Local host');
    onStop(() => sonarqube.revokeToken(token));
    const connectionId = realServer
      ? await connectRealServer({ server: realServer, bitbucket, platform, log })
      : await connectApp({ bitbucket, sonarqube, platform, database, token });

    const pipeline = createPipeline({
      isOn: isLocal && realServer === undefined,
      bitbucket,
      sonarqube,
      platform,
      projectKeyOf,
      hasMainBranchAnalysis: options.hasMainBranchAnalysis ?? false,
      pageOf: ({ slug }, id) =>
        `${shellServer.origin}/${bitbucket.workspace.slug}/${slug}/pull-requests/${id}`,
      token,
      log,
    });
    onStop(() => pipeline.stop());

    const live = createLiveUpdates();
    onStop(() => live.close());
    onStop(platform.onRealtime((message) => live.realtime(message)));
    onStop(
      traffic.onCall(({ kind, method }) => {
        live.traffic();
        // Reports and statuses that the app wrote are parts of the pages.
        if (kind === 'bitbucket' && method !== 'GET') live.changed();
      }),
    );
    const mergeChecks = createMergeChecks({
      bitbucket,
      platform,
      isOn: options.hasMergeChecks ?? false,
      onResult: (repositoryUuid) => live.changed(repositoryUuid),
      log,
    });
    onStop(() => mergeChecks.stop());

    async function push(repositoryUuid: string): Promise<readonly number[]> {
      const changed = await bitbucket.push(repositoryUuid);
      live.changed(repositoryUuid);
      return changed;
    }
    const cspViolations: CspViolation[] = [];
    const manifest = readShellManifest(projectRoot);
    const registry = createFrameRegistry();
    const requirePath = createRequire(join(projectRoot, 'package.json'));
    const frameApp = createFrameApp({
      manifest,
      environmentId: installation.environmentId,
      shellOrigin: shellServer.origin,
      frameOrigin: frameServer.origin,
      bridgeFile: join(projectRoot, '.build/host/bridge.js'),
      resizerFile: requirePath.resolve('iframe-resizer/js/iframeResizer.contentWindow.min.js'),
      clock,
      violations: cspViolations,
    });
    frameServer.handle(frameApp.fetch);
    shellServer.handle(
      createShellApp({
        origin: shellServer.origin,
        frameOrigin: frameServer.origin,
        standIns: realServer ? [] : Object.keys(servers.outside),
        projectRoot,
        bitbucket,
        platform,
        clock,
        traffic,
        faults,
        manifest,
        registry,
        modules: createModuleFrames({
          manifest,
          registry,
          frameApp,
          installation,
          shellOrigin: shellServer.origin,
          external: () => platform.external(),
        }),
        mergeChecks,
        access: isLocal ? createAccess(bitbucket) : createTokenAccess(bitbucket),
        live,
        control: createControl({ clock, faults, platform, bitbucket, sonarqube }),
        violations: cspViolations,
        openIssues:
          realServer || !isLocal
            ? undefined
            : () => listOpenIssues({ bitbucket, sonarqube, projectKeyOf, token }),
        push,
      }),
    );
    pipeline.catchUp();
    const watch = watchDisk({
      bitbucket,
      isNeeded: () => options.watch || live.openPages > 0,
      async onChange(repositoryUuid, hasUnpushed) {
        if (options.watch && hasUnpushed) await push(repositoryUuid);
        else live.changed(repositoryUuid);
      },
    });
    onStop(() => watch.stop());

    return {
      url: shellServer.origin,
      frameUrl: frameServer.origin,
      clock,
      traffic,
      faults,
      bitbucket,
      sonarqube,
      servers: servers.byUrl,
      platform,
      connectionId,
      cspViolations,
      settle: () =>
        settleAll([pipeline, mergeChecks, ...servers.byUrl.values(), platform], traffic),
    };
  });
}

function ignore(): void {
  // Tests start the host without a log.
}
