import { PlatformUnavailableError } from '../../../src/errors/platform-errors';
import { RemoteRateLimitedError, RemoteUnavailableError } from '../../../src/errors/remote-errors';
import {
  connectionId,
  identity,
  projectKey,
  workspaceUuid,
} from '../../support/app/build-app-data';
import { setUpApp } from '../../support/app/set-up-app';

const job = { kind: 'refresh', ...identity, trigger: 'poll' } as const;
const call = { service: 'bitbucket', operation: 'getPullRequest' } as const;

describe('a job', () => {
  it.each<[string, Error, number, boolean]>([
    ['a rate limit', new RemoteRateLimitedError(call, 'status 429'), 120, true],
    [
      'a rate limit with a time',
      new RemoteRateLimitedError(call, 'status 429', { retryAfterSeconds: 7 }),
      7,
      true,
    ],
    ['a fault of Bitbucket', new RemoteUnavailableError(call, 'status 555'), 30, false],
    ['a fault of the platform', new PlatformUnavailableError('use its storage'), 30, false],
  ])('is asked for again after %s', async (_, fault, retryAfterSeconds, isRateLimit) => {
    const app = await setUpApp();
    app.bitbucket.fault = fault;

    expect(await app.handleVerdictJob(job, workspaceUuid)).toEqual({
      kind: 'retry',
      retryAfterSeconds,
      isRateLimit,
    });
    expect(await app.verdicts.find(identity)).toBeUndefined();
  });

  it('is asked for again when the server may answer later', async () => {
    const app = await setUpApp();
    app.server.faults.set('*', new RemoteUnavailableError(call, 'status 503'));

    expect(await app.handleVerdictJob(job, workspaceUuid)).toMatchObject({
      kind: 'retry',
      retryAfterSeconds: 30,
    });
  });

  it('ends with our own mistakes instead of repeating them', async () => {
    const app = await setUpApp();
    app.bitbucket.fault = new TypeError('ours');

    await expect(app.handleVerdictJob(job, workspaceUuid)).rejects.toThrow('ours');
  });

  it.each(['main', '0', '-1', '7x', '99999999999'])(
    'of a delivery about "%s" is dropped',
    async (pullRequestKey) => {
      const app = await setUpApp();
      const delivery = { kind: 'delivery', connectionId, projectKey, pullRequestKey } as const;

      expect(await app.handleVerdictJob(delivery, workspaceUuid)).toEqual({ kind: 'done' });
      expect(app.server.calls).toEqual([]);
    },
  );
});
