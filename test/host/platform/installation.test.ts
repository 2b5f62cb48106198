import { openDatabase } from '../../../host/database';
import { createFaults } from '../../../host/faults';
import { createManualClock } from '../../../host/manual-clock';
import { createInstallablePlatform } from '../../../host/platform/installable';
import type { InstallablePlatform } from '../../../host/platform/types';
import { createTraffic } from '../../../host/traffic';
import { join } from 'node:path';
import { ensureBuilt } from '../../support/built';
import { bundleProbe, probeInstallation, startOfTests } from '../../support/probe-platform';

const bundle = bundleProbe();
afterAll(() => bundle.remove());

const running: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

async function open(database = openDatabase(':memory:')) {
  const clock = createManualClock(startOfTests);
  const faults = createFaults();
  const neighbour = { fetch: () => Promise.resolve(Response.json({ fine: true })) };
  const platform = await createInstallablePlatform({
    projectRoot: join(__dirname, '../../fixtures/apps/platform-probe'),
    bundleDirectory: bundle.folder,
    workerFile: join(ensureBuilt('worker'), 'function-worker.cjs'),
    database,
    clock,
    traffic: createTraffic(),
    faults,
    bitbucket: neighbour,
    outside: { 'allowed.example': neighbour, 'sonar.example.com': neighbour },
    installation: probeInstallation,
  });
  const stop = async () => {
    await platform.stop();
    clock.stop();
  };
  running.push({ stop });
  return { platform, faults, database };
}

function invoke(platform: InstallablePlatform, functionKey: string, payload: unknown = {}) {
  const extension = { repository: { uuid: '{r}' } };
  return platform.invokeResolver({
    ...{ moduleKey: 'card', accountId: 'user-1', functionKey, payload, extension },
  });
}

function stored(platform: InstallablePlatform, key: string): unknown {
  const { values } = platform.dumpStorage() as { values: { key: string; value: unknown }[] };
  return values.find((one) => one.key === key)?.value;
}

describe('an app that is uninstalled', () => {
  it('says goodbye first, and is out of reach afterwards', async () => {
    const { platform } = await open();
    await invoke(platform, 'kvs', { value: 1 });

    await platform.uninstall();

    expect(stored(platform, 'goodbye')).toBeDefined();
    expect(platform.isInstalled).toBe(false);
    await expect(invoke(platform, 'echo')).rejects.toThrow('The app is not installed');
    await expect(platform.uninstall()).rejects.toThrow('The app is not installed');
  });

  it('comes back as a new installation with empty storage and is told', async () => {
    const { platform } = await open();
    await invoke(platform, 'kvs', { value: 1 });
    await platform.uninstall();

    await platform.install('user-1');

    const { installationId } = platform.installation;
    expect(installationId).not.toBe(probeInstallation.installationId);
    expect(stored(platform, 'probe')).toBeUndefined();
    expect(stored(platform, 'event:avi-forge-installed-app')).toMatchObject({
      event: { id: installationId, installerAccountId: 'user-1' },
    });
  });

  it('is still the same installation after the host was started anew', async () => {
    const first = await open();
    await first.platform.uninstall();
    await first.platform.install();
    await first.platform.stop();

    const second = await open(first.database);

    const { installationId } = first.platform.installation;
    expect(second.platform.installation.installationId).toBe(installationId);
    expect(second.platform.isInstalled).toBe(true);
  });
});

describe('a crash between two writes', () => {
  it.each([
    ['before', undefined],
    ['after', 7],
  ] as const)('ends the function %s the write took place', async (when, value) => {
    const { platform, faults } = await open();
    faults.add({ target: 'write', times: 1, effect: { kind: 'crash', when } });

    await expect(invoke(platform, 'kvs', { value: 7 })).rejects.toThrow();

    expect(stored(platform, 'probe')).toBe(value);
    expect(platform.dumpStorage().secrets).toEqual([]);
    expect(await invoke(platform, 'echo', 'alive')).toEqual({ payload: 'alive' });
  });

  it('happens at the write that was chosen', async () => {
    const { platform, faults } = await open();
    faults.add({ target: 'write', times: 1, skip: 1, effect: { kind: 'crash', when: 'before' } });

    await expect(invoke(platform, 'kvs', { value: 7 })).rejects.toThrow();

    expect(stored(platform, 'probe')).toBe(7);
    expect(platform.dumpStorage().secrets).toEqual([]);
  });
});
