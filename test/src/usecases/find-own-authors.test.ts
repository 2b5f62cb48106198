import { toAuthorDigest } from '../../../src/domain/author-digest';
import { RemoteUnavailableError } from '../../../src/errors/remote-errors';
import { caller, identity } from '../../support/app/build-app-data';
import { setUpApp } from '../../support/app/set-up-app';

const { accountId } = caller;

describe('which issues are mine', () => {
  it('[P3] goes by the commits of the pull request that Bitbucket says are mine, without an address', async () => {
    const app = await setUpApp();
    app.bitbucket.authors = [
      { email: 'Me@Example.com', accountId },
      { email: 'me@example.com', accountId },
      { email: 'me@home.example', accountId },
      { email: 'other@example.com', accountId: 'other' },
      { email: 'nobody@example.com' },
      { accountId },
    ];

    const own = await app.findOwnAuthors(identity, caller);

    expect(own).toEqual([toAuthorDigest('me@example.com'), toAuthorDigest('me@home.example')]);
    expect(JSON.stringify(own)).not.toContain('example');
  });

  it('[P3] is told to nobody who may not read the pull request', async () => {
    const app = await setUpApp();
    app.bitbucket.pullRequest = undefined;

    await expect(app.findOwnAuthors(identity, caller)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('[P3] is not known while Bitbucket does not answer', async () => {
    const app = await setUpApp();
    app.bitbucket.fault = new RemoteUnavailableError(
      { service: 'bitbucket', operation: 'x' },
      'status 503',
    );

    await expect(app.findOwnAuthors(identity, caller)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });
  });
});
