import { bundleProbe, startProbe } from '../../support/probe-platform';
import type { ProbePlatform } from '../../support/probe-platform';

const bundle = bundleProbe();
let probe: ProbePlatform;
beforeAll(async () => {
  probe = await startProbe({
    bundleDirectory: bundle.folder,
    variables: { GREETING: 'hello' },
  });
});
afterAll(async () => {
  await probe.stop();
  bundle.remove();
});
beforeEach(() => probe.traffic.clear());

describe('a resolver call of a frame', () => {
  it('answers what the resolver returns', async () => {
    expect(await probe.invoke('echo', { a: [1, 'ü'] })).toEqual({ payload: { a: [1, 'ü'] } });
    expect(await probe.invoke('nothing')).toBeUndefined();
  });

  it('gets identity and place from the server side', async () => {
    expect(await probe.invoke('context')).toMatchObject({
      accountId: 'user-1',
      workspaceId: '{bbbbbbbb-0000-4000-8000-000000000002}',
      installContext: 'ari:cloud:bitbucket::workspace/bbbbbbbb-0000-4000-8000-000000000002',
      moduleKey: 'card',
      environmentType: 'DEVELOPMENT',
      extension: {
        type: 'bitbucket:repoPullRequestCard',
        repository: { uuid: '{r}' },
        pullRequest: { id: 7 },
      },
      installation: { contexts: [{ workspaceId: 'bbbbbbbb-0000-4000-8000-000000000002' }] },
    });
  });

  it('sees the app context of the SDK with the time that remains', async () => {
    expect(await probe.invoke('appContext')).toMatchObject({
      appAri: 'ari:cloud:ecosystem::app/11111111-2222-4333-8444-555555555555',
      environmentType: 'DEVELOPMENT',
      moduleKey: 'card',
      remaining: 25_000,
    });
  });

  it('answers permission questions of the SDK from the manifest', async () => {
    expect(await probe.invoke('permissions')).toEqual({ has: true, hasNot: false, canFetch: true });
  });

  it('stands on the globals that the SDK needs, without a storage address in them', async () => {
    expect(await probe.invoke('globals')).toEqual({
      members: [
        'aaid',
        'appContext',
        'container',
        'contextAri',
        'externalAuth',
        'featureFlags',
        'lambdaContext',
        'metrics',
        'proxy',
        'realtime',
        'tracing',
      ],
      hasBundleFolder: true,
      flag: false,
      errorClass: 'function',
      isGetter: 'function',
    });
  });

  it('finds only the Forge variables in its environment', async () => {
    expect(await probe.invoke('environment')).toEqual({ GREETING: 'hello' });
  });

  it('keeps the invocation in callbacks of timers and in bound functions', async () => {
    const fromTimer = probe.invoke('timerContext');
    await probe.clock.advance(5);

    expect(await fromTimer).toBe('card');
    expect(await probe.invoke('boundContext')).toBe('card');
  });

  it('is rejected with a neutral sentence when the function throws, and the cause stays in the log', async () => {
    await expect(probe.invoke('fail')).rejects.toMatchObject({
      message: 'There was an error invoking the function.',
      errorType: 'FUNCTION_ERR',
    });
    expect(probe.traffic.invocations).toMatchObject([
      { procedure: 'fail', outcome: 'error', errorMessage: 'something private went wrong' },
    ]);
    expect(probe.traffic.logs).toMatchObject([{ level: 'error' }]);
  });

  it('is rejected for an unknown function key, in the words of the resolver', async () => {
    await expect(probe.invoke('no-such-key')).rejects.toThrow(/error invoking/);
    expect(probe.traffic.invocations[0]?.errorMessage).toBe(
      "Resolver has no definition for 'no-such-key'.",
    );
  });

  it('is refused for a module without a resolver and for an unknown module', async () => {
    const call = { accountId: 'user-1', functionKey: 'echo', payload: {}, extension: {} };

    await expect(probe.platform.invokeResolver({ ...call, moduleKey: 'mute' })).rejects.toThrow(
      /"mute" has no resolver/,
    );
    await expect(probe.platform.invokeResolver({ ...call, moduleKey: 'none' })).rejects.toThrow(
      /no module "none"/,
    );
  });

  it('is refused over 500 KB of request and over 5 MB of answer', async () => {
    const payload = { text: 'x'.repeat(500 * 1024) };

    await expect(probe.invoke('echo', payload)).rejects.toThrow(/limit is 500 KB/);
    await expect(probe.invoke('big', { bytes: 5 * 1024 * 1024 })).rejects.toThrow(/error invoking/);
    expect(probe.traffic.invocations[0]?.errorMessage).toMatch(/limit is 5 MB/);
  });

  it('records who ran what and how it ended', async () => {
    await probe.invoke('echo');

    expect(probe.traffic.invocations).toMatchObject([
      { functionKey: 'resolve', moduleKey: 'card', procedure: 'echo', outcome: 'success' },
    ]);
  });
});

describe('the log of a function', () => {
  it('holds what the console got, with the level and the invocation', async () => {
    await probe.invoke('log', { lines: 1 });

    const [{ invocationId } = { invocationId: '?' }] = probe.traffic.invocations;
    expect(probe.traffic.logs).toEqual([
      { invocationId, level: 'info', text: 'line 0 { deep: true }' },
      { invocationId, level: 'error', text: 'done' },
    ]);
  });

  it('drops lines beyond 100 in a minute', async () => {
    await probe.invoke('log', { lines: 150 });

    expect(probe.traffic.logs).toHaveLength(100);
  });

  it('takes plain text on stdout without harm', async () => {
    expect(await probe.invoke('stdout')).toBe('fine');
    expect(await probe.invoke('echo')).toEqual({ payload: {} });
  });
});

describe('a handler that the host runs directly', () => {
  it('gets its body and acts for nobody', async () => {
    const answer = await probe.platform.runHandler('index.direct', { a: 1 });

    expect(answer).toEqual({
      body: { a: 1 },
      context: {
        installContext: 'ari:cloud:bitbucket::workspace/bbbbbbbb-0000-4000-8000-000000000002',
        installation: expect.any(Object) as unknown,
        workspaceId: '{bbbbbbbb-0000-4000-8000-000000000002}',
      },
    });
  });

  it('rejects with what was thrown', async () => {
    await expect(probe.platform.runHandler('index.directFailure', {})).rejects.toThrow(
      'The handler "index.directFailure" failed: set-up failed',
    );
  });

  it('says what is missing', async () => {
    await expect(probe.platform.runHandler('nowhere.run', {})).rejects.toThrow(/"nowhere.cjs"/);
    await expect(probe.platform.runHandler('index.nothing', {})).rejects.toThrow(
      /does not export a function "nothing"/,
    );
    await expect(probe.platform.runHandler('index.bigNumber', {})).rejects.toThrow(/BigInt/);
  });
});
