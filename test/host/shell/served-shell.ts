import { build } from 'esbuild';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFrameApp } from '../../../host/shell/frame/frame-app';
import { listenOnLoopback } from '../../../host/shell/server/loopback';
import { createGitRepository } from '../../support/git-repository';
import { installation } from '../../../host/launch/workspace';
import { openShell, projectRoot } from './shell-world';

/** A page of an app that does nothing by itself: the real `@forge/bridge` lies in `window.forge` for the test to use. */
const source = `import * as bridge from '@forge/bridge';
window.forge = bridge;
window.seen = [];
document.documentElement.dataset.ready = 'yes';`;
const html = (title: string) =>
  `<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1><script type="module" src="./main.js"></script></body></html>`;

let built: Promise<string> | undefined;
/** Bundled once for all tests of a file. */
function script(): Promise<string> {
  built ??= build({
    stdin: { contents: source, resolveDir: projectRoot },
    bundle: true,
    format: 'esm',
    write: false,
    logLevel: 'silent',
  }).then(({ outputFiles }) => outputFiles[0]?.text ?? '');
  return built;
}

/** The shell on two real ports, with an app made of two empty pages, and a repository with one pull request. */
export async function serveShell() {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bridge-'));
  mkdirSync(join(folder, 'page'));
  writeFileSync(join(folder, 'page/index.html'), html('Test page'));
  writeFileSync(join(folder, 'page/main.js'), await script());
  const fixture = createGitRepository({ main: [{}], one: { from: 'main', commits: [{}] } });
  const shellServer = await listenOnLoopback(0);
  const frameServer = await listenOnLoopback(0);
  const manifest = {
    appId: 'app',
    frameModules: [
      { type: 'bitbucket:repoPullRequestCard', key: 'card', title: 'Card', resourceKey: 'page' },
      {
        type: 'bitbucket:repoPullRequestOverviewPanel',
        key: 'panel',
        title: 'Panel',
        resourceKey: 'page',
      },
      {
        type: 'bitbucket:workspaceSettingsMenuPage',
        key: 'workspace-settings',
        title: 'Workspace page',
        resourceKey: 'page',
      },
      {
        type: 'bitbucket:repoSettingsMenuPage',
        key: 'repository-settings',
        title: 'Repository page',
        resourceKey: 'page',
      },
    ],
    resourceFolders: new Map([['page', join(folder, 'page')]]),
    scopes: ['read:repository:bitbucket'],
    permissions: {},
  };
  const world = openShell({
    origin: shellServer.origin,
    frameOrigin: frameServer.origin,
    manifest,
    createFrames(clock, violations) {
      const frameApp = createFrameApp({
        manifest,
        environmentId: installation.environmentId,
        shellOrigin: shellServer.origin,
        frameOrigin: frameServer.origin,
        bridgeFile: join(projectRoot, '.build/host/bridge.js'),
        resizerFile: require.resolve('iframe-resizer/js/iframeResizer.contentWindow.min.js'),
        clock,
        violations,
      });
      frameServer.handle(frameApp.fetch);
      return frameApp;
    },
  });
  shellServer.handle(world.app);
  await world.bitbucket.addRepository({ path: fixture.path, isPrivate: true });
  return {
    ...world,
    fixture,
    pullRequestUrl: `${shellServer.origin}/workshop/repository/pull-requests/1`,
    shellOrigin: shellServer.origin,
    workspacePath: `/workshop/workspace/settings/forge/app/${installation.environmentId}/workspace-settings`,
    repositoryPath: `/workshop/repository/admin/forge/app/${installation.environmentId}/repository-settings`,
    async stop() {
      world.close();
      await shellServer.close();
      await frameServer.close();
      fixture.remove();
      rmSync(folder, { recursive: true });
    },
  };
}
