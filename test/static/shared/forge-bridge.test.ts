import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as whole from '@forge/bridge';
import * as first from '../../../static/shared/bridge/forge-bridge';
import * as later from '../../../static/shared/bridge/forge-bridge-later';
import { bridge } from '../support/bridge-stand-in';

beforeEach(() => bridge.reset());

it('gives the very functions of the package', () => {
  expect(first.invoke).toBe(whole.invoke);
  expect(first.view.theme).toBe(whole.view.theme);
  expect(later.router).toBe(whole.router);
  expect(later.realtime).toBe(whole.realtime);
});

it('asks for the context as the package does', async () => {
  bridge.on('getContext', () => ({ locale: 'en-US', moduleKey: 'pull-request-card' }));

  const ours = await first.view.getContext();
  const theirs = await whole.view.getContext();

  expect(ours).toEqual(theirs);
  const [one, other] = bridge.calls('getContext');
  expect(one).toEqual(other);
});

it('was checked against this version of the package: look at its files again after an upgrade', () => {
  const manifest = JSON.parse(
    readFileSync(join(process.cwd(), 'node_modules/@forge/bridge/package.json'), 'utf8'),
  ) as { readonly version: string };

  expect(manifest.version).toBe('7.2.0');
});
