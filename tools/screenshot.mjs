// `npm run screenshot`: makes docs/screenshot.png from the running app, over a small repository of its own. The clock stands
// still, so the same sources give the same picture. `-- --all FOLDER` makes one of every page, in light and in dark.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { demoBranches } from './demo-repository.mjs';
import { picturePages } from './picture-pages.mjs';
import { ensureBrowser, ensureBuilt, ensureInstalled, projectRoot } from './set-up.mjs';

const [option, allFolder] = process.argv.slice(2);
const width = 1280;
const file = join(projectRoot, 'docs/screenshot.png');
/** A little after the commits of the repository. */
const startMs = Date.UTC(2026, 0, 5, 0, 6);
const minuteMs = 60_000;

ensureInstalled();
ensureBuilt();
const executablePath = ensureBrowser();

const { build } = await import('esbuild');
const folder = join(projectRoot, '.build/screenshot');
await build({
  absWorkingDir: projectRoot,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  packages: 'external',
  logLevel: 'warning',
  entryPoints: {
    host: 'host/host.ts',
    frames: 'test/support/app-frames.ts',
    'git-repository': 'test/support/git-repository.ts',
  },
  outdir: folder,
});
const require = createRequire(import.meta.url);
const { startHost } = require(join(folder, 'host.cjs'));
const { cardOf, panelOf, waitForState } = require(join(folder, 'frames.cjs'));
const { createGitRepository } = require(join(folder, 'git-repository.cjs'));
const { chromium } = await import('playwright-core');

async function takePicture(host) {
  // Chromium's own sandbox cannot start as root in a container.
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    if (option === '--all')
      return await picturePages(browser, host, allFolder ?? '.build/pictures');
    const page = await browser.newPage({
      viewport: { width, height: 900 },
      colorScheme: 'light',
      reducedMotion: 'reduce',
      locale: 'en-US',
      timezoneId: 'UTC',
    });
    const [repository] = host.bitbucket.repositories();
    const { slug } = host.bitbucket.workspace;
    await page.goto(`${host.url}/${slug}/${repository.slug}/pull-requests/1`);
    await waitForState(cardOf(page), 'Failed');
    await waitForState(panelOf(page), 'Failed');
    await panelOf(page).getByRole('table').first().waitFor();
    // A window as tall as the page, so that nothing ends where a smaller window would.
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ width, height });
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
    return [file];
  } finally {
    await browser.close();
  }
}

const repository = createGitRepository(demoBranches, { folderName: 'bookshop' });
try {
  const host = await startHost({
    projectRoot,
    repositories: [repository.path],
    stateDirectory: ':memory:',
    port: 0,
    clock: 'manual',
    startMs,
    watch: false,
    hasMainBranchAnalysis: true,
  });
  try {
    await host.settle();
    await host.clock.advance(minuteMs);
    console.log((await takePicture(host)).join('\n'));
  } finally {
    await host.stop();
  }
} finally {
  repository.remove();
}
