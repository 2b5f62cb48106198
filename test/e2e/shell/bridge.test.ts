import type * as Forge from '@forge/bridge';
import { EgressType } from '@forge/egress';
import type { Frame, Page } from 'playwright-core';
import { serveShell } from '../../host/shell/served-shell';
import { startBrowser, type TestBrowser } from '../../support/browser';

/** What the page of the test app put into its window. */
declare global {
  interface Window {
    forge: typeof Forge;
    seen: unknown[];
  }
}

let browser: TestBrowser;
let shell: Awaited<ReturnType<typeof serveShell>>;
beforeAll(async () => {
  [browser, shell] = await Promise.all([startBrowser(), serveShell()]);
});
afterAll(async () => {
  await browser.close();
  await shell.stop();
});
afterEach(async () => {
  await browser.closeWindows();
  shell.calls.length = 0;
  shell.violations.length = 0;
  shell.answerWith(() => ({ ok: true }));
});

async function deliverTokens(delivery: 'adoptedStyleSheet' | 'style'): Promise<void> {
  const form = new URLSearchParams({ action: 'theme-delivery', delivery });
  await shell.post('/control', form, { headers: { origin: shell.shellOrigin } });
}

async function openFrames(colorScheme: 'light' | 'dark' = 'light') {
  const window = await browser.open({ colorScheme });
  await window.page.goto(shell.pullRequestUrl);
  const card = await frameOf(window.page, 'Card (DEVELOPMENT)');
  const panel = await frameOf(window.page, 'Panel (DEVELOPMENT)');
  return { ...window, card, panel };
}

async function frameOf(page: Page, title: string): Promise<Frame> {
  const handle = await page.waitForSelector(`iframe[title="${title}"]`);
  const frame = await handle.contentFrame();
  if (!frame) throw new Error(`"${title}" has no frame.`);
  await frame.waitForSelector('html[data-ready]');
  return frame;
}

describe('the bridge under the real @forge/bridge', () => {
  it('invokes the resolver of the module and gives its answer', async () => {
    shell.answerWith(({ payload }) => ({ ok: true, data: payload }));
    const { card } = await openFrames();

    const answer = await card.evaluate(() => window.forge.invoke('issue.list', { page: 2 }));

    expect(answer).toEqual({ ok: true, data: { page: 2 } });
    expect(shell.calls).toMatchObject([{ moduleKey: 'card', functionKey: 'issue.list' }]);
  });

  it('answers, once, what a frame asked before the script of the page had arrived', async () => {
    const { page } = await browser.open();
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/shell.js', async (route) => {
      await released;
      await route.continue();
    });
    await page.goto(shell.pullRequestUrl, { waitUntil: 'commit' });
    const card = await frameOf(page, 'Card (DEVELOPMENT)');
    await card.evaluate(() => {
      void window.forge.invoke('early').then((answer) => window.seen.push(answer));
    });

    release();
    await card.waitForFunction(() => window.seen.length > 0);

    expect(shell.calls).toHaveLength(1);
  });

  it('rejects with the words of the platform when the function fails', async () => {
    shell.answerWith(() => {
      throw new Error('There was an error invoking the function.');
    });
    const { card } = await openFrames();

    const message = await card.evaluate(() =>
      window.forge.invoke('x').catch((error: unknown) => (error as Error).message),
    );

    expect(message).toBe('There was an error invoking the function.');
  });

  it('tells each frame its own context', async () => {
    const { card } = await openFrames('dark');

    const context = await card.evaluate(() => window.forge.view.getContext());

    expect(context).toMatchObject({
      moduleKey: 'card',
      locale: 'en-US',
      accountId: shell.userOf('owner').accountId,
      extension: { type: 'bitbucket:repoPullRequestCard', pullRequest: { id: 1 } },
      theme: { colorMode: 'dark' },
    });
  });

  it('themes the frame, follows the person, and the policy stops nothing', async () => {
    const { card, page } = await openFrames();
    const surface = () =>
      card.evaluate(() =>
        getComputedStyle(document.documentElement).getPropertyValue('--ds-surface'),
      );

    await card.evaluate(() => window.forge.view.theme.enable());
    const light = await surface();
    await page.locator('summary', { hasText: 'Theme' }).click();
    await page.getByLabel('Dark').check();
    await card.waitForSelector('html[data-color-mode="dark"]');
    const dark = await surface();

    expect(light).not.toBe('');
    expect(dark).not.toBe(light);
    expect(shell.violations).toEqual([]);
  });

  it('meets the policy when tokens come as a style element', async () => {
    await deliverTokens('style');
    const { card } = await openFrames();
    const violation = card.evaluate(
      () =>
        new Promise<string>((resolve) => {
          document.addEventListener('securitypolicyviolation', (event) =>
            resolve(event.effectiveDirective),
          );
        }),
    );

    await card.evaluate(() => window.forge.view.theme.enable());

    expect(await violation).toBe('style-src-elem');
    expect(await card.evaluate(() => document.documentElement.dataset['colorMode'])).toBe('light');
    await deliverTokens('adoptedStyleSheet');
  });

  it('calls Bitbucket as the person', async () => {
    const { card } = await openFrames();

    const answer = await card.evaluate(async () => {
      const response = await window.forge.requestBitbucket('/2.0/repositories/workshop/repository');
      const body = (await response.json()) as { slug: string };
      return { status: response.status, slug: body.slug };
    });

    expect(answer).toEqual({ status: 200, slug: 'repository' });
  });

  it('carries events between the frames of a page until they unsubscribe', async () => {
    const { card, panel } = await openFrames();
    await panel.evaluate(async () => {
      const subscription = await window.forge.events.on('chosen', (payload: unknown) => {
        window.seen.push(payload);
        subscription.unsubscribe();
      });
    });

    await card.evaluate(() => window.forge.events.emit('chosen', { id: 1 }));
    await panel.waitForFunction(() => window.seen.length === 1);
    await card.evaluate(() => window.forge.events.emit('chosen', { id: 2 }));
    await card.evaluate(() => window.forge.view.getContext());

    expect(await panel.evaluate(() => window.seen)).toEqual([{ id: 1 }]);
  });

  it('brings realtime messages of the channel that a frame listens to', async () => {
    const { card } = await openFrames();
    await card.evaluate(async () => {
      await window.forge.realtime.subscribeGlobal('pull-request-1', (payload) => {
        window.seen.push(payload);
      });
    });

    shell.live.realtime({ channel: 'other', payload: '"no"', isGlobal: true });
    shell.live.realtime({ channel: 'pull-request-1', payload: '{"n":1}', isGlobal: false });
    shell.live.realtime({ channel: 'pull-request-1', payload: '{"n":2}', isGlobal: true });
    await card.waitForFunction(() => window.seen.length > 0);

    expect(await card.evaluate(() => window.seen)).toEqual([{ n: 2 }]);
  });

  it('shows flags with their actions', async () => {
    const { card, page } = await openFrames();
    await card.evaluate(() => {
      window.forge.showFlag({
        id: 'saved',
        title: 'Saved <b>it</b>',
        actions: [{ text: 'Undo', onClick: () => window.seen.push('undo') }],
      });
    });

    await page.getByText('Saved <b>it</b>').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await card.waitForFunction(() => window.seen.length === 1);
    await page.getByRole('button', { name: 'Dismiss' }).click();

    expect(await page.getByText('Saved <b>it</b>').count()).toBe(0);
  });

  it('opens a modal whose frame answers to its opener', async () => {
    const { card, page } = await openFrames();
    await card.evaluate(() =>
      new window.forge.Modal({
        context: { issue: 'a' },
        title: 'Details',
        onClose: (value: unknown) => void window.seen.push(value),
      }).open(),
    );

    const dialog = page.getByRole('dialog', { name: 'Details' });
    await dialog.waitFor();
    const inner = await (await dialog.locator('iframe').elementHandle()).contentFrame();
    await inner?.waitForSelector('html[data-ready]');
    const context = await inner?.evaluate(() => window.forge.view.getContext());
    await inner?.evaluate(() => void window.forge.view.close({ chosen: 1 }));
    await card.waitForFunction(() => window.seen.length === 1);

    expect(context).toMatchObject({ extension: { modal: { issue: 'a' } } });
    expect(await card.evaluate(() => window.seen)).toEqual([{ chosen: 1 }]);
    expect(await dialog.count()).toBe(0);
  });

  it('asks before it leaves for another site, and stays when told to', async () => {
    const { card, page } = await openFrames();
    const navigation = card.evaluate(() =>
      window.forge.router
        .navigate('https://example.com/path')
        .then(() => 'left')
        .catch((error: unknown) => (error as Error).message),
    );

    await page.getByRole('dialog', { name: 'You are leaving this site' }).waitFor();
    await page.getByRole('button', { name: 'Stay' }).click();

    expect(await navigation).toContain('stay');
    expect(page.url()).toBe(shell.pullRequestUrl);
  });

  it.each([
    ['view.createHistory', 'is not available in Bitbucket'],
    ['view.submit', 'not submittable'],
    ['view.close', 'not closable'],
  ])('rejects %s where Bitbucket would', async (api, message) => {
    const { card } = await openFrames();

    const rejection = await card.evaluate((name) => {
      const [, method = ''] = name.split('.');
      const view = window.forge.view as unknown as Record<string, () => Promise<unknown>>;
      return (view[method]?.() ?? Promise.resolve()).then(
        () => 'done',
        (error: unknown) => (error as Error).message,
      );
    }, api);

    expect(rejection).toContain(message);
  });

  it('names a command that is not emulated', async () => {
    const { card } = await openFrames();

    const message = await card.evaluate(() =>
      globalThis.__bridge
        ?.callBridge('teleport')
        .catch((error: unknown) => (error as Error).message),
    );

    expect(message).toBe('The bridge command "teleport" is not emulated by the local host.');
  });

  it('keeps the frame out of the page, and other windows out of the bridge', async () => {
    const { card, page } = await openFrames();

    const reach = await card.evaluate(() => {
      try {
        return window.parent.document.title;
      } catch (error) {
        return (error as Error).name;
      }
    });
    await page.evaluate(() => {
      window.postMessage({ gatehouse: 'call', id: 1, command: 'invoke', payload: {} }, '*');
    });
    await card.evaluate(() => window.forge.view.getContext());

    expect(reach).toBe('SecurityError');
    expect(shell.calls).toEqual([]);
  });

  it('keeps each frame as tall as its content', async () => {
    const { card, page } = await openFrames();
    const height = () =>
      page.locator('iframe[title^="Card"]').evaluate((node) => node.clientHeight);
    await card.evaluate(() => {
      const tall = document.createElement('div');
      tall.style.height = '900px';
      document.body.append(tall);
    });

    await page.waitForFunction(
      () => (document.querySelector('iframe[title^="Card"]')?.clientHeight ?? 0) > 900,
    );

    expect(await height()).toBeGreaterThan(900);
  });
});

describe('egress that an app asks for', () => {
  const request = {
    egresses: [
      {
        key: 'sonar',
        description: 'Your SonarQube Server',
        configured: [{ domain: 'https://sonar.example.com', type: [EgressType.FetchBackendSide] }],
      },
    ],
  };

  async function askFor() {
    const { page } = await browser.open();
    await page.goto(shell.shellOrigin + shell.workspacePath);
    const frame = await frameOf(page, 'Workspace page (DEVELOPMENT)');
    const answer = frame.evaluate(
      (payload) =>
        window.forge.permissions.egress.set(payload).then(
          () => 'allowed',
          (error: unknown) => String(error),
        ),
      request,
    );
    const dialog = page.getByRole('dialog', { name: 'Allow this app to connect?' });
    await dialog.getByText('https://sonar.example.com').waitFor();
    const read = () => frame.evaluate(() => window.forge.permissions.egress.get({}));
    return { dialog, answer, read };
  }

  it('is asked of the person by the shell, and stays refused', async () => {
    const { dialog, answer, read } = await askFor();

    await dialog.getByRole('button', { name: 'Refuse' }).click();

    expect(await answer).toMatch(/refused/);
    expect(await read()).toEqual({ results: [] });
  });

  it('is stored when the person allows it', async () => {
    const { dialog, answer, read } = await askFor();

    await dialog.getByRole('button', { name: 'Allow' }).click();

    expect(await answer).toBe('allowed');
    expect(await read()).toEqual({ results: request.egresses });
  });
});
