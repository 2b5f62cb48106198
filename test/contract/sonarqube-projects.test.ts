import { createHttp } from '../../src/clients/http/http';
import { createOpenProjects } from '../../src/clients/sonarqube/projects';
import { createMemoryLog } from '../support/app/memory-log';
import { readSampleText } from './shared-folder';

/** Our client of projects before a server that gives this answer to everything. */
function open(sample: string, status = 200) {
  const log = createMemoryLog();
  const http = createHttp({ clock: { nowMs: () => 0 }, log, sleep: () => Promise.resolve() });
  const headers = { 'content-type': 'application/json' };
  const openProjects = createOpenProjects({
    http,
    fetch: () => Promise.resolve(new Response(readSampleText(sample), { status, headers })),
  });
  const connection = { kind: 'sonarqube-server', url: 'https://sonar.example.org' } as const;
  return openProjects({ connection, token: 'token' });
}

const wish = {
  projectKey: 'my_project',
  name: 'Mine',
  visibility: 'private',
  newCode: { kind: 'server' },
} as const;

describe('[D1] our client of projects', () => {
  it('reads the published list', async () => {
    expect(await open('projects.search.json').findExisting(['project-key-1'])).toEqual([
      { projectKey: 'project-key-1', name: 'Project Name 1', visibility: 'public' },
      { projectKey: 'project-key-2', name: 'Project Name 2', visibility: 'private' },
    ]);
  });

  it('reads a published project', async () => {
    const found = await open('components.show.json').find('my_project');

    expect(found?.projectKey).toMatch(/./);
    expect(found?.name).toMatch(/./);
  });

  it('takes the published answer for a project that was made', async () => {
    expect(await open('projects.create.json').create(wish)).toEqual({ outcome: 'created' });
  });

  it('[M10] tells a key that is taken by the published sentence', async () => {
    const refused = open('derived/error.v1.key-exists.json', 400);

    expect(await refused.create(wish)).toEqual({ outcome: 'exists' });
  });

  it('tells a right that is missing by the published answer', async () => {
    expect(await open('derived/error.v1.forbidden.json', 403).findExisting(['a'])).toBeUndefined();
  });
});
