import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { findProblems } from '../../tools/manifest-rules.cjs';

const script = join(process.cwd(), 'tools/check-manifest.cjs');

interface Manifest {
  app: Record<string, unknown> & { runtime: Record<string, unknown> };
  modules: Record<string, readonly Record<string, unknown>[]>;
  permissions: Record<string, unknown>;
}

/** A small manifest that is right in every respect, for one change at a time. */
function buildManifest(): Manifest {
  return {
    app: {
      id: 'ari:cloud:ecosystem::app/11111111-2222-4333-8444-555555555555',
      runtime: { name: 'nodejs22.x', memoryMB: 256 },
      storage: {
        entities: [
          {
            name: 'verdict',
            attributes: { sequence: { type: 'integer' }, record: { type: 'any' } },
            indexes: ['sequence', { name: 'by-sequence', range: ['sequence'] }],
          },
        ],
      },
    },
    modules: {
      trigger: [
        { key: 'events', function: 'changed', events: ['avi:bitbucket:updated:pullrequest'] },
      ],
      consumer: [{ key: 'jobs', queue: 'jobs', function: 'refresh' }],
      function: [
        { key: 'changed', handler: 'index.changed' },
        { key: 'refresh', handler: 'index.refresh', timeoutSeconds: 120 },
      ],
    },
    permissions: { scopes: ['read:pullrequest:bitbucket', 'storage:app'] },
  };
}

function problemsOf(change: (manifest: Manifest) => void) {
  const manifest = buildManifest();
  change(manifest);
  return findProblems(manifest, (file) => (file === 'index' ? ['changed', 'refresh'] : undefined));
}

function schedules(count: number, interval: string) {
  return Array.from({ length: count }, (_, number) => ({
    key: `schedule-${number}`,
    function: 'refresh',
    interval,
  }));
}

describe('our own rules', () => {
  it('find nothing in a right manifest', () => {
    expect(problemsOf(() => undefined)).toEqual([]);
  });

  const broken: readonly [string, (manifest: Manifest) => void, RegExp][] = [
    [
      'an index over an attribute of type any',
      ({ app }) => {
        app.storage = {
          entities: [
            { name: 'verdict', attributes: { record: { type: 'any' } }, indexes: ['record'] },
          ],
        };
      },
      /"verdict" has an index over "record"/,
    ],
    [
      'a partition over an attribute of type any',
      ({ app }) => {
        app.storage = {
          entities: [
            {
              name: 'verdict',
              attributes: { record: { type: 'any' }, at: { type: 'float' } },
              indexes: [{ name: 'by-record', partition: ['record'], range: ['at'] }],
            },
          ],
        };
      },
      /"verdict" has an index over "record"/,
    ],
    ['a runtime that is withdrawn', ({ app }) => (app.runtime.name = 'nodejs20.x'), /"nodejs20.x"/],
    ['too much memory', ({ app }) => (app.runtime.memoryMB = 2048), /at most 1024/],
    [
      'more than five schedules',
      ({ modules }) => (modules.scheduledTrigger = schedules(6, 'hour')),
      /6 scheduled triggers/,
    ],
    [
      'two schedules of five minutes',
      ({ modules }) => (modules.scheduledTrigger = schedules(2, 'fiveMinute')),
      /2 scheduled triggers of five minutes/,
    ],
    [
      'a time limit where the platform ignores it',
      ({ modules }) =>
        (modules.trigger = [{ key: 'events', function: 'refresh' }, ...(modules.trigger ?? [])]),
      /"refresh" sets timeoutSeconds and is run by trigger "events"/,
    ],
    [
      'a handler that its file does not export',
      ({ modules }) =>
        (modules.function = [
          { key: 'changed', handler: 'index.other' },
          { key: 'refresh', handler: 'index.refresh' },
        ]),
      /src\/index.ts does not export "other"/,
    ],
    [
      'a handler in a file that is not there',
      ({ modules }) =>
        (modules.function = [
          { key: 'changed', handler: 'elsewhere.changed' },
          { key: 'refresh', handler: 'index.refresh' },
        ]),
      /no src\/elsewhere.ts/,
    ],
    [
      'a function that nothing runs',
      ({ modules }) => delete modules.trigger,
      /"changed" is run by no module/,
    ],
  ];

  it.each(broken)('refuse %s', (_, change, sentence) => {
    const problems = problemsOf(change);

    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(sentence);
  });
});

describe('check-manifest', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gatehouse-manifest-'));
    mkdirSync(join(folder, 'src'));
    writeFileSync(
      join(folder, 'src/index.ts'),
      'export const changed = () => 1, other = 2;\nexport { other as refresh };\n',
    );
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function check(manifest: Manifest) {
    writeFileSync(join(folder, 'manifest.yml'), stringify(manifest));
    const { status, stderr } = spawnSync(process.execPath, [script, folder], { encoding: 'utf8' });
    return { status, stderr };
  }

  it('passes a right manifest', () => {
    expect(check(buildManifest())).toEqual({ status: 0, stderr: '' });
  });

  it('fails with the official sentence when an event lacks its scope', () => {
    const manifest = buildManifest();
    manifest.permissions.scopes = ['storage:app'];

    const { status, stderr } = check(manifest);

    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: manifest\.yml:\d+:\d+ .*read:pullrequest:bitbucket/m);
  });

  it('fails with our sentence when only our rules see what is wrong', () => {
    const manifest = buildManifest();
    manifest.app.runtime.name = 'nodejs20.x';

    const { status, stderr } = check(manifest);

    expect(status).toBe(1);
    expect(stderr).toMatch(/the platform deploys only nodejs22\.x and nodejs24\.x/);
  });
});
