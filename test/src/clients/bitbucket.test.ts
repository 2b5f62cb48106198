import { createBitbucketAsApp, createBitbucketAsUser } from '../../../src/clients/bitbucket/client';
import { createHttp } from '../../../src/clients/http/http';
import { headCommit, repositoryUuid, workspaceUuid } from '../../support/app/build-app-data';
import { createMemoryLog } from '../../support/app/memory-log';

const address = { workspaceUuid, repositoryUuid, pullRequestId: 7 };
const repository = { uuid: `{${repositoryUuid}}` };
const answer = {
  id: 7,
  state: 'OPEN',
  title: 'Not read',
  source: { commit: { hash: headCommit.slice(0, 12) }, repository },
  destination: { commit: { hash: 'abcdefabcdef' }, repository },
  updated_on: '2026-03-04T12:00:00.944936+00:00',
};

class ConsentError extends Error {}

function setUp(reply: () => Response | Error) {
  const identities: string[] = [];
  const send = (identity: string) => {
    identities.push(identity);
    const given = reply();
    return given instanceof Error ? Promise.reject(given) : Promise.resolve(given);
  };
  const options = {
    http: createHttp({
      clock: { nowMs: () => 0 },
      log: createMemoryLog(),
      sleep: () => Promise.resolve(),
      isPassedThrough: (error) => error instanceof ConsentError,
    }),
    transport: {
      getPullRequest: send,
      listCommits: () => send('user'),
      getCommit: send,
      getWorkspacePermission: () => send('user'),
      getRepositoryPermissions: () => send('user'),
      getRepository: send,
      getRepositoryBySlug: () => send('app'),
      getWorkspace: () => send('app'),
      getDiffstat: () => send('app'),
      listProjects: () => send('app'),
      listRepositories: () => send('app'),
      listOpenPullRequests: () => send('app'),
    },
  };
  return {
    asUser: createBitbucketAsUser(options),
    asApp: createBitbucketAsApp(options),
    identities,
  };
}

const find = (body: unknown) => setUp(() => Response.json(body)).asUser.findPullRequest(address);

describe('the client of Bitbucket', () => {
  it('reads a pull request as the user, and as the app', async () => {
    const { asUser, asApp, identities } = setUp(() => Response.json(answer));

    const read = await asUser.findPullRequest(address);
    await asApp.findPullRequest(address);

    expect(read).toEqual({
      pullRequestId: 7,
      state: 'OPEN',
      headHash: headCommit.slice(0, 12),
      isFork: false,
      targetHash: 'abcdefabcdef',
      updatedAt: '2026-03-04T12:00:00.944Z',
    });
    expect(identities).toEqual(['user', 'app']);
  });

  it.each([
    ['another repository', { ...answer.source, repository: { uuid: '{other}' } }],
    ['a deleted repository', { commit: null, repository: null }],
    ['a repository that is left out', { commit: answer.source.commit }],
  ])('takes a source in %s for a fork', async (_, source) => {
    expect(await find({ ...answer, source })).toMatchObject({ isFork: true });
  });

  it('reads a pull request whose destination branch is gone', async () => {
    expect(await find({ ...answer, destination: { commit: null, repository } })).toMatchObject({
      isFork: false,
    });
  });

  it.each([403, 404])('makes no difference between %i and nothing', async (status) => {
    const { asUser, asApp } = setUp(() => Response.json({ type: 'error' }, { status }));

    expect(await asUser.findPullRequest(address)).toBeUndefined();
    expect(
      await asApp.findCommitHash({ workspaceUuid, repositoryUuid, hash: 'abcdef1' }),
    ).toBeUndefined();
  });

  it('reports what it cannot tell: a timed-out Bitbucket is not a missing pull request', async () => {
    const { asUser } = setUp(() => new Response('', { status: 555 }));

    await expect(asUser.findPullRequest(address)).rejects.toMatchObject({ status: 555 });
  });

  it('lets the request for consent through untouched', async () => {
    const consent = new ConsentError('Authentication Required');
    const { asUser } = setUp(() => consent);

    await expect(asUser.findPullRequest(address)).rejects.toBe(consent);
  });

  it('expands a short hash, and takes a short answer for a fault', async () => {
    const commit = { workspaceUuid, repositoryUuid, hash: headCommit.slice(0, 12) };
    const full = setUp(() => Response.json({ hash: headCommit }));
    const short = setUp(() => Response.json({ hash: commit.hash }));

    expect(await full.asApp.findCommitHash(commit)).toBe(headCommit);
    await expect(short.asApp.findCommitHash(commit)).rejects.toMatchObject({ fault: 'shape' });
  });
});
