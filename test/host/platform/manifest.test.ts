import { join } from 'node:path';
import { parseManifest, readManifest } from '../../../host/platform/manifest';

const app = 'app: { id: ari:cloud:ecosystem::app/abc }';

describe('the manifest of the local platform', () => {
  it('reads the manifest of the project', () => {
    const manifest = readManifest(join(__dirname, '../../..'));

    expect(manifest.functions.size).toBeGreaterThan(0);
    expect(manifest.backendEgress).toContain('https://sonarcloud.io');
    expect(manifest.scopes).toContain('storage:app');
  });

  it('takes scopes as a list or as a map, and addresses in both forms', () => {
    const manifest = parseManifest(`${app}
modules: {}
permissions:
  scopes: { 'storage:app': {} }
  external: { fetch: { backend: ['https://a.example', { address: 'https://b.example' }] } }`);

    expect(manifest).toMatchObject({
      appId: 'abc',
      memoryMB: 512,
      scopes: ['storage:app'],
      backendEgress: ['https://a.example', 'https://b.example'],
    });
  });

  it('reads a consumer in the old form', () => {
    const manifest = parseManifest(`${app}
modules:
  consumer: [{ key: c, queue: q, resolver: { function: f, method: m } }]
  function: [{ key: f, handler: index.run }]`);

    expect(manifest.consumers).toEqual([{ key: 'c', queue: 'q', functionKey: 'f', method: 'm' }]);
  });

  it('names a module type that is not emulated, and those that are', () => {
    expect(() => parseManifest(`${app}\nmodules: { 'jira:issuePanel': [{ key: x }] }`)).toThrow(
      /does not emulate the module type "jira:issuePanel".*trigger, consumer/,
    );
  });

  it('names the module whose function is not declared', () => {
    expect(() =>
      parseManifest(`${app}\nmodules: { webtrigger: [{ key: hook, function: nothing }] }`),
    ).toThrow(/"hook".*"nothing".*not declared/);
  });

  it('names the place that is not valid', () => {
    expect(() =>
      parseManifest(`${app}\nmodules: { function: [{ key: f, handler: index.a.b }] }`),
    ).toThrow(/exactly one dot[\s\S]*modules\.function\[0\]\.handler/);
    expect(() => parseManifest(`${app}\nmodules: { consumer: [{ key: c, queue: q }] }`)).toThrow(
      /Consumer "c".*names no function/,
    );
  });
});
