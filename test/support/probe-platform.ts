import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { HostClock } from '../../host/clock';
import { openDatabase } from '../../host/database';
import type { HostDatabase } from '../../host/database';
import { createFaults } from '../../host/faults';
import type { Faults } from '../../host/faults';
import { createManualClock } from '../../host/manual-clock';
import type { BitbucketIdentity, Neighbour } from '../../host/neighbour';
import { createPlatform } from '../../host/platform/platform';
import type { Installation, LocalPlatform } from '../../host/platform/types';
import { createTraffic } from '../../host/traffic';
import type { Traffic } from '../../host/traffic';
import { ensureBuilt } from './built';

const probeFolder = join(__dirname, '../fixtures/apps/platform-probe');

/** Bundles the probe app as esbuild would for a watch mode; answers the folder of the bundle. */
export function bundleProbe(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'platform-probe-'));
  buildSync({
    entryPoints: { index: join(probeFolder, 'src/index.ts') },
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
  });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export const probeInstallation: Installation = {
  installationId: 'aaaaaaaa-0000-4000-8000-000000000001',
  workspaceUuid: 'bbbbbbbb-0000-4000-8000-000000000002',
  workspaceSlug: 'acme',
  environmentId: 'cccccccc-0000-4000-8000-000000000003',
  environmentType: 'DEVELOPMENT',
};
export const startOfTests = Date.UTC(2026, 5, 1, 12);

export interface SeenRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly identity?: BitbucketIdentity;
}

export interface ProbePlatform {
  readonly platform: LocalPlatform;
  readonly clock: HostClock;
  readonly traffic: Traffic;
  readonly faults: Faults;
  readonly database: HostDatabase;
  /** Requests that reached the Bitbucket stand-in or an outside host. */
  readonly requests: SeenRequest[];
  /** Calls a resolver function of the probe as a user; `undefined` stands for a value that JSON drops. */
  invoke(functionKey: string, payload?: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

export interface ProbeSetUp {
  readonly bundleDirectory: string;
  readonly clock?: HostClock;
  readonly database?: HostDatabase;
  readonly variables?: Readonly<Record<string, string>>;
  readonly answer?: (request: Request) => Response | Promise<Response>;
}

/** The platform with the probe app on it, and neighbours that answer what the test says. */
export async function startProbe(setUp: ProbeSetUp): Promise<ProbePlatform> {
  const { clock = createManualClock(startOfTests), database = openDatabase(':memory:') } = setUp;
  const { answer = () => Response.json({ fine: true }) } = setUp;
  const traffic = createTraffic();
  const faults = createFaults();
  const requests: SeenRequest[] = [];

  async function see(request: Request, identity?: BitbucketIdentity): Promise<Response> {
    requests.push({
      url: request.url,
      method: request.method,
      headers: Object.fromEntries(request.headers),
      body: await request.clone().text(),
      ...(identity === undefined ? {} : { identity }),
    });
    return answer(request);
  }

  const outside: Neighbour = { fetch: (request) => see(request) };
  const platform = await createPlatform({
    projectRoot: probeFolder,
    bundleDirectory: setUp.bundleDirectory,
    workerFile: join(ensureBuilt('worker'), 'function-worker.cjs'),
    database,
    clock,
    traffic,
    faults,
    bitbucket: { fetch: see },
    outside: {
      'allowed.example': outside,
      'target.example': outside,
      'allowed-later.example': outside,
    },
    installation: probeInstallation,
    ...(setUp.variables === undefined ? {} : { variables: setUp.variables }),
  });
  return {
    platform,
    clock,
    traffic,
    faults,
    database,
    requests,
    invoke: (functionKey, payload = {}) =>
      platform.invokeResolver({
        moduleKey: 'card',
        accountId: 'user-1',
        functionKey,
        payload,
        extension: { repository: { uuid: '{r}' }, pullRequest: { id: 7 } },
      }),
    async stop() {
      await platform.stop();
      clock.stop();
    },
  };
}
