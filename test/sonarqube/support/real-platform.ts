import { join } from 'node:path';
import { openDatabase } from '../../../host/database';
import { createFaults } from '../../../host/faults';
import { createPlatform } from '../../../host/platform/platform';
import type { LocalPlatform } from '../../../host/platform/types';
import { createRealClock } from '../../../host/real-clock';
import { createTraffic, type Traffic } from '../../../host/traffic';
import { installation } from '../../../host/launch/workspace';
import { forwarding, publicUrl } from './real-server';

export interface RealPlatform {
  readonly platform: LocalPlatform;
  readonly traffic: Traffic;
  stop(): Promise<void>;
}

/** The platform with the app as it is built, and the real server as its neighbour. Nobody asks Bitbucket here. */
export async function startPlatform(): Promise<RealPlatform> {
  const projectRoot = join(__dirname, '../../..');
  const database = openDatabase(':memory:');
  const clock = createRealClock();
  const traffic = createTraffic();
  const platform = await createPlatform({
    projectRoot,
    bundleDirectory: join(projectRoot, '.build/app'),
    workerFile: join(projectRoot, '.build/host/function-worker.cjs'),
    database,
    clock,
    traffic,
    faults: createFaults(),
    bitbucket: { fetch: () => Promise.resolve(new Response(null, { status: 404 })) },
    outside: { [new URL(publicUrl).host]: forwarding },
    allowedByAdministrator: [publicUrl],
    installation,
  });
  return {
    platform,
    traffic,
    async stop() {
      await platform.stop();
      clock.stop();
      database.close();
    },
  };
}
