import { createOpenDevOpsPlatforms } from '../../src/clients/sonarqube/devops-platforms';
import type { DevOpsPlatformInput } from '../../src/domain/ports/devops-platforms';
import {
  RemoteForbiddenError,
  RemoteNotFoundError,
  RemoteRejectedError,
  RemoteUnauthorizedError,
} from '../../src/errors/remote-errors';
import {
  createStrangersToken,
  forwarding,
  http,
  publicUrl,
  realServer,
} from './support/real-server';

const openDevOpsPlatforms = createOpenDevOpsPlatforms({
  http,
  fetch: (url, init) => forwarding.fetch(new Request(url, init)),
});
const open = (token: string = realServer.token) =>
  openDevOpsPlatforms({
    connection: { kind: 'sonarqube-server', url: publicUrl, version: realServer.version },
    token,
  });

const cloud: DevOpsPlatformInput = {
  kind: 'bitbucket-cloud',
  key: 'our-cloud',
  workspace: 'acme',
  clientId: 'client',
  clientSecret: 'not-a-real-secret',
};
const dataCenter: DevOpsPlatformInput = {
  kind: 'bitbucket-data-center',
  key: 'our-data-center',
  url: 'https://bitbucket.example.org',
  personalAccessToken: 'not-a-real-token',
};

describe('[B12] the DevOps platform records of a real server', () => {
  const platforms = open();

  describe('for Bitbucket Cloud', () => {
    it('are created and listed without credentials', async () => {
      await platforms.create(cloud);

      expect(await platforms.list()).toEqual([
        { kind: 'bitbucket-cloud', key: 'our-cloud', workspace: 'acme', clientId: 'client' },
      ]);
    });

    it.each([{ ...cloud, key: 'second-cloud' }, dataCenter])(
      'exclude another one of $kind: the edition has one record for both kinds of Bitbucket',
      async (input) => {
        await expect(platforms.create(input)).rejects.toThrow(RemoteRejectedError);
      },
    );

    it('change and keep the secret that is not given', async () => {
      await platforms.update('our-cloud', {
        kind: 'bitbucket-cloud',
        key: 'renamed-cloud',
        workspace: 'acme-2',
        clientId: 'client-2',
      });

      expect(await platforms.list()).toEqual([
        {
          kind: 'bitbucket-cloud',
          key: 'renamed-cloud',
          workspace: 'acme-2',
          clientId: 'client-2',
        },
      ]);
    });

    it('are refused with a workspace that Bitbucket could not have', async () => {
      await expect(
        platforms.update('renamed-cloud', { ...cloud, key: 'renamed-cloud', workspace: 'No Way' }),
      ).rejects.toThrow(RemoteRejectedError);
    });

    it('say how many projects are bound through them, and go away', async () => {
      expect(await platforms.countBindings('renamed-cloud')).toBe(0);
      await platforms.delete('renamed-cloud');

      expect(await platforms.list()).toEqual([]);
    });
  });

  describe('for Bitbucket Data Center', () => {
    it('are created and listed without credentials', async () => {
      await platforms.create(dataCenter);

      expect(await platforms.list()).toEqual([
        {
          kind: 'bitbucket-data-center',
          key: 'our-data-center',
          url: 'https://bitbucket.example.org',
        },
      ]);
    });

    it('keep their token when it is not given, but not for another address', async () => {
      const change = (url: string) =>
        platforms.update('our-data-center', {
          kind: 'bitbucket-data-center',
          key: 'our-data-center',
          url,
        });

      await change('https://bitbucket.example.org');
      await expect(change('https://other.example.org')).rejects.toThrow(RemoteRejectedError);
    });

    it('are refused a validation while Bitbucket cannot be reached, and go away', async () => {
      await expect(platforms.validate('our-data-center')).rejects.toThrow(RemoteRejectedError);
      await platforms.delete('our-data-center');

      expect(await platforms.list()).toEqual([]);
    });
  });

  it('is told that a record does not exist', async () => {
    await expect(platforms.delete('nothing')).rejects.toThrow(RemoteNotFoundError);
  });

  it('is turned away without the right to administer, and with a token that is not one', async () => {
    const strangersToken = await createStrangersToken('devops-stranger');

    await expect(open(strangersToken).list()).rejects.toThrow(RemoteForbiddenError);
    await expect(open('squ_nothing').list()).rejects.toThrow(RemoteUnauthorizedError);
  });
});
