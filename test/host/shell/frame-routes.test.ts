import { createGitRepository, type GitFixture } from '../../support/git-repository';
import { framesIn, openShell, type ShellWorld } from './shell-world';

let world: ShellWorld;
let fixture: GitFixture;
let repositoryUuid: string;
beforeEach(async () => {
  world = openShell();
  fixture = createGitRepository({ main: [{}], one: { from: 'main', commits: [{}] } });
  const summary = await world.bitbucket.addRepository({ path: fixture.path, isPrivate: true });
  repositoryUuid = summary.uuid;
});
afterEach(() => {
  world.close();
  fixture.remove();
});

async function openFrame(role: 'owner' | 'writer' = 'owner') {
  const page = await world.get('/workshop/repository/pull-requests/1', role);
  const frame = framesIn(await page.text()).find(({ moduleKey }) => moduleKey.endsWith('card'));
  if (!frame) throw new Error('The page has no card.');
  return frame;
}

async function ask(
  frameId: string,
  path: string,
  body: unknown,
  role: 'owner' | 'writer' = 'owner',
) {
  const answer = await world.post(`/-/frames/${frameId}/${path}`, JSON.stringify(body), {
    role,
    headers: { 'content-type': 'application/json' },
  });
  return { status: answer.status, body: (await answer.json()) as unknown };
}

describe('an invocation from a frame', () => {
  it('tells the function who and where from what the server knows, not from the message', async () => {
    const { frameId, context } = await openFrame();

    const answer = await ask(frameId, 'invoke', {
      functionKey: 'pullRequest.view',
      payload: { pullRequestId: 99 },
      moduleKey: 'other',
      accountId: 'somebody else',
      extension: { repository: { uuid: '{other}' } },
    });

    expect(answer).toEqual({ status: 200, body: { value: { ok: true } } });
    expect(world.calls).toEqual([
      {
        moduleKey: 'pull-request-card',
        accountId: world.userOf('owner').accountId,
        functionKey: 'pullRequest.view',
        payload: { pullRequestId: 99 },
        extension: {
          type: 'bitbucket:repoPullRequestCard',
          location: 'http://127.0.0.1:4000/workshop/repository/pull-requests/1',
          repository: { uuid: repositoryUuid },
          pullRequest: { id: 1 },
        },
      },
    ]);
    expect(context).toMatchObject({
      moduleKey: 'pull-request-card',
      extension: { pullRequest: { id: 1 } },
    });
  });

  it('is refused for a frame id that was never given out', async () => {
    expect((await ask('guess', 'invoke', { functionKey: 'x' })).status).toBe(410);
    expect(world.calls).toEqual([]);
  });

  it("is refused for another person's frame", async () => {
    const { frameId } = await openFrame('owner');

    expect((await ask(frameId, 'invoke', { functionKey: 'x' }, 'writer')).status).toBe(410);
    expect(world.calls).toEqual([]);
  });

  it('passes on why the platform could not run the function', async () => {
    world.answerWith(() => {
      throw new Error('The function timed out.');
    });
    const { frameId } = await openFrame();

    expect(await ask(frameId, 'invoke', { functionKey: 'x' })).toEqual({
      status: 200,
      body: { error: 'The function timed out.' },
    });
  });

  it('takes at most 500 KB and answers at most 5 MB', async () => {
    const { frameId } = await openFrame();
    const tooMuch = await ask(frameId, 'invoke', {
      functionKey: 'x',
      payload: 'a'.repeat(500_000),
    });
    world.answerWith(() => 'a'.repeat(5_000_000));
    const tooLong = await ask(frameId, 'invoke', { functionKey: 'x' });

    expect(tooMuch.body).toEqual({ error: expect.stringContaining('over 500 KB') as string });
    expect(tooLong.body).toEqual({ error: 'The answer of the function is over 5 MB.' });
    expect(world.calls).toHaveLength(1);
  });
});

describe('what else a frame may ask for', () => {
  it('is Bitbucket, as the person who looks', async () => {
    const { frameId } = await openFrame('writer');
    const call = { product: 'bitbucket', restPath: '/2.0/repositories/workshop/repository' };

    const answer = await ask(frameId, 'fetch-product', call, 'writer');

    expect(answer.body).toMatchObject({ status: 200, isAttachment: false });
    expect(world.traffic.calls).toMatchObject([
      { kind: 'bitbucket', identity: 'user', status: 200 },
    ]);
  });

  it('is no other product, no other host and no upload', async () => {
    const { frameId } = await openFrame();
    const refused = async (call: object) => (await ask(frameId, 'fetch-product', call)).body;

    expect(await refused({ product: 'jira', restPath: '/2.0/x' })).toMatchObject({
      message: expect.stringContaining('"jira"') as string,
    });
    expect(await refused({ product: 'bitbucket', restPath: '@evil.example/2.0/' })).toMatchObject({
      message: expect.stringContaining('/2.0/') as string,
    });
  });

  it('is a modal whose frame knows its place and what the opener gave it', async () => {
    const { frameId } = await openFrame();

    const modal = await ask(frameId, 'modal', { resource: null, context: { issue: 'a' } });
    const missing = await ask(frameId, 'modal', { resource: 'nothing', context: {} });

    expect(modal.body).toMatchObject({
      description: {
        context: { extension: { modal: { issue: 'a' }, pullRequest: { id: 1 } } },
      },
    });
    expect(missing.status).toBe(400);
  });

  it('is a realtime channel: what is published there reaches only pages that listen', async () => {
    const listening = await openFrame();
    const page = await (await world.get('/workshop/repository/pull-requests/1')).text();
    const pageId = /data-page-id="([^"]+)"/.exec(page)?.[1] ?? '';
    const frame = framesIn(page)[0];
    await ask(frame?.frameId ?? '', 'realtime/subscribe', { channelName: 'a', isGlobal: true });
    const stream = await world.get(`/-/events/${pageId}`);
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    await reader?.read();

    const publish = (channelName: string, isGlobal: boolean) =>
      ask(listening.frameId, 'realtime/publish', {
        channelName,
        isGlobal,
        eventPayload: channelName,
      });
    await publish('b', true);
    await publish('a', false);
    await publish('a', true);

    const event = (await reader?.read())?.value;
    expect(event).toBe(
      'event: realtime\ndata: {"channel":"a","isGlobal":true,"payload":"\\"a\\""}\n\n',
    );
    await reader?.cancel();
  });
});

describe('the event stream of a page', () => {
  it('is refused for an unknown page and for another person', async () => {
    const html = await (await world.get('/workshop/repository/pull-requests/1')).text();
    const pageId = /data-page-id="([^"]+)"/.exec(html)?.[1] ?? '';

    expect((await world.get('/-/events/unknown')).status).toBe(404);
    expect((await world.get(`/-/events/${pageId}`, 'outsider')).status).toBe(404);
  });
});
