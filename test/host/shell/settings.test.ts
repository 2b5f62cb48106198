import { installation } from '../../../host/launch/workspace';
import type { ShellManifest } from '../../../host/shell/manifest';
import { createGitRepository, type GitFixture } from '../../support/git-repository';
import { framesIn, openShell, type ShellWorld } from './shell-world';

const manifest: ShellManifest = {
  appId: 'ari:cloud:ecosystem::app/app-1',
  frameModules: [
    ['bitbucket:workspaceSettingsMenuPage', 'workspace-settings', 'Quality gates'],
    ['bitbucket:repoSettingsMenuPage', 'repository-settings', 'Quality gate'],
    ['bitbucket:workspaceGlobalPage', 'overview', 'All gates'],
  ].map(([type = '', key = '', title = '']) => ({ type, key, title, resourceKey: 'settings' })),
  resourceFolders: new Map(),
  scopes: [],
  permissions: {},
};
const suffix = `app-1/${installation.environmentId}`;
const workspacePage = `/workshop/workspace/settings/forge/${suffix}/workspace-settings`;
const repositoryPage = `/workshop/repository/admin/forge/${suffix}/repository-settings`;
const globalPage = `/workshop/workspace/forge/${suffix}/overview`;
const appsPage = '/workshop/workspace/settings/addon-management/';

let world: ShellWorld;
let fixture: GitFixture;
let uuid: string;
beforeEach(async () => {
  world = openShell({ manifest });
  fixture = createGitRepository({ main: [{}], one: { from: 'main', commits: [{}] } });
  ({ uuid } = await world.bitbucket.addRepository({ path: fixture.path, isPrivate: true }));
});
afterEach(() => {
  world.close();
  fixture.remove();
});

async function open(path: string, role: Parameters<ShellWorld['get']>[1] = 'owner') {
  const answer = await world.get(path, role);
  const html = await answer.text();
  return { status: answer.status, html, frames: framesIn(html) };
}

async function ask(frameId: string, path: string, body: unknown, role: 'owner' | 'member') {
  const headers = { 'content-type': 'application/json' };
  const options = { role, headers };
  const answer = await world.post(`/-/frames/${frameId}/${path}`, JSON.stringify(body), options);
  return { status: answer.status, body: (await answer.json()) as unknown };
}

describe('settings pages of the app', () => {
  it('show the workspace page with its place in the context', async () => {
    const { html, frames } = await open(workspacePage);

    expect(html).toContain('Quality gates (DEVELOPMENT)</h1>');
    expect(html).toMatch(/aria-current="page"[^<]*<svg[\s\S]*?<span>Quality gates<\/span>/);
    expect(frames).toMatchObject([
      {
        moduleKey: 'workspace-settings',
        context: {
          extension: {
            type: 'bitbucket:workspaceSettingsMenuPage',
            location: `http://127.0.0.1:4000${workspacePage}`,
            workspace: { uuid: `{${installation.workspaceUuid}}` },
          },
        },
      },
    ]);
  });

  it('show the repository page to administrators, and nothing to others', async () => {
    const { frames } = await open(repositoryPage, 'admin');

    expect(frames).toMatchObject([{ context: { extension: { repository: { uuid } } } }]);
    expect((await open(repositoryPage, 'writer')).status).toBe(404);
    expect((await open(repositoryPage, 'outsider')).status).toBe(404);
  });

  it('open for a member by the address, while only owners find the way in the navigation', async () => {
    const home = '/workshop/workspace/repositories/';

    expect((await open(home)).html).toContain(workspacePage);
    expect((await open(home, 'member')).html).not.toContain('/workspace/settings/');
    expect((await open(workspacePage, 'member')).frames).toHaveLength(1);
    expect((await open(workspacePage, 'outsider')).status).toBe(404);
    expect((await open(globalPage, 'member')).frames).toHaveLength(1);
  });

  it('are no other address', async () => {
    expect((await open(`${workspacePage}x`)).status).toBe(404);
    expect((await open(workspacePage.replace('app-1', 'app-2'))).status).toBe(404);
    expect((await open(workspacePage.replace('/settings/', '/'))).status).toBe(404);
  });

  it('are found by a navigation target', async () => {
    const [frame] = (await open(workspacePage)).frames;
    const target = { target: 'module', moduleKey: 'repository-settings', repositoryId: uuid };

    const answer = await ask(frame?.frameId ?? '', 'url', target, 'owner');

    expect(answer).toEqual({ status: 200, body: { url: repositoryPage } });
  });
});

describe('egress that the app asks for', () => {
  const request = {
    egresses: [
      {
        key: 'sonar',
        description: 'Your server',
        configured: [{ domain: 'https://sonar.example.com', type: ['FETCH_BACKEND_SIDE'] }],
      },
    ],
  };

  it('is stored for an owner and refused for a member, who may read it', async () => {
    const owned = (await open(workspacePage)).frames[0]?.frameId ?? '';
    const other = (await open(workspacePage, 'member')).frames[0]?.frameId ?? '';

    expect(await ask(other, 'egress/set', request, 'member')).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('403') as unknown },
    });
    expect((await ask(owned, 'egress/set', request, 'owner')).status).toBe(200);
    expect(await ask(other, 'egress/get', {}, 'member')).toEqual({
      status: 200,
      body: { results: request.egresses },
    });
  });
});

describe('installed apps', () => {
  it('are for owners, who uninstall and install', async () => {
    const form = new URLSearchParams();

    expect((await open(appsPage)).html).toContain('Uninstall');
    expect((await open(appsPage, 'member')).status).toBe(404);
    expect((await world.post(`${appsPage}uninstall`, form, { role: 'member' })).status).toBe(403);
    expect(world.acts).toEqual([]);
    await world.post(`${appsPage}uninstall`, form);
    expect(world.acts).toEqual(['uninstall']);
  });
});
