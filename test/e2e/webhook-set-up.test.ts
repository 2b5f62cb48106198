import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Host } from '../../host/host';
import { startTestHost } from '../support/host';
import { createShopRepository } from '../support/shop-repository';
import { cleanResult } from '../support/walk';
import { lastWebhookSecret, listWebhooks } from '../support/walk-webhooks';

function start(repositories: readonly string[], stateDirectory: string): Promise<Host> {
  return startTestHost(repositories, {
    stateDirectory,
    analyse: () => Promise.resolve(cleanResult),
  });
}

it('[F1] makes exactly one webhook, which a set-up that is done again takes over', async () => {
  const stateDirectory = mkdtempSync(join(tmpdir(), 'gatehouse-webhook-'));
  const fixtures = [createShopRepository(), createShopRepository()];
  const [first = '', second = ''] = fixtures.map(({ path }) => path);

  const before = await start([first], stateDirectory);
  const made = await listWebhooks(before);
  const secret = lastWebhookSecret(before);
  await before.stop();
  // Another repository makes the host set the app up again.
  const after = await start([first, second], stateDirectory);
  await after.settle();
  const kept = await listWebhooks(after);
  const [delivery] = after.traffic.invocations.filter(
    ({ functionKey }) => functionKey === 'receive-delivery',
  );
  const isAccepted = after.traffic.logs.some(({ text }) => text.includes('"outcome":"accepted"'));
  await after.stop();
  for (const fixture of fixtures) fixture.remove();
  rmSync(stateDirectory, { recursive: true });

  expect(made).toMatchObject([{ name: 'Gatehouse', hasSecret: true }]);
  expect(secret).toMatch(/^[0-9a-f]{64}$/);
  expect(kept.map(({ key }) => key)).toEqual(made.map(({ key }) => key));
  expect(after.connectionId).toBe(before.connectionId);
  // The analysis of the new repository was told of with the secret of the first start.
  expect(delivery?.outcome).toBe('success');
  expect(isAccepted).toBe(true);
});
