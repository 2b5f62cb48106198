import type { Access } from '../../../src/contracts/procedure';
import { procedures, type ProcedureName } from '../../../src/contracts/procedures';
import { RemoteRateLimitedError, RemoteUnavailableError } from '../../../src/errors/remote-errors';
import { createAuthorize } from '../../../src/usecases/authorize';
import {
  buildPullRequest,
  caller,
  headCommit,
  repositoryUuid,
} from '../../support/app/build-app-data';
import { createFakeBitbucket } from '../../support/app/fake-bitbucket';

const input = { repositoryUuid: `{${repositoryUuid.toUpperCase()}}` };

type Role = 'workspace owner' | 'repository admin' | 'member' | 'outsider';

/** What Bitbucket says of each role: owners hold admin on every repository. */
const roles: Readonly<
  Record<
    Role,
    { readonly workspace?: 'owner' | 'member'; readonly repository?: 'admin' | 'write' | 'read' }
  >
> = {
  'workspace owner': { workspace: 'owner', repository: 'admin' },
  'repository admin': { workspace: 'member', repository: 'admin' },
  member: { workspace: 'member', repository: 'write' },
  outsider: {},
};

/** Who may call what, written down a second time on purpose. */
const allowed: Readonly<Record<Access, readonly Role[]>> = {
  workspaceOwner: ['workspace owner'],
  workspaceMember: ['workspace owner', 'repository admin', 'member'],
  repositoryAdmin: ['workspace owner', 'repository admin'],
  // Proven by the procedure itself, which reads the pull request as the user.
  pullRequestReader: ['workspace owner', 'repository admin', 'member', 'outsider'],
};

function setUp(role: Role) {
  const bitbucket = createFakeBitbucket(buildPullRequest(), headCommit);
  bitbucket.workspaceRole = roles[role].workspace;
  bitbucket.repositoryRole = roles[role].repository;
  return { bitbucket, authorize: createAuthorize({ bitbucket }) };
}

const matrix = (Object.keys(procedures) as ProcedureName[]).flatMap((name) =>
  (Object.keys(roles) as Role[]).map((role) => ({ name, role })),
);

describe('the right to call a procedure', () => {
  it.each(matrix)('[K6] $name by a $role', async ({ name, role }) => {
    const { access } = procedures[name];
    const { authorize } = setUp(role);

    const proof = authorize(access, input, caller);

    if (allowed[access].includes(role)) await expect(proof).resolves.toMatchObject(caller);
    else await expect(proof).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it.each([
    [new RemoteRateLimitedError({ service: 'bitbucket', operation: 'x' }, '429'), 'RATE_LIMITED'],
    [new RemoteUnavailableError({ service: 'bitbucket', operation: 'x' }, '503'), 'UNAVAILABLE'],
  ])('[K6] is not there while Bitbucket cannot tell (%s)', async (fault, code) => {
    const { authorize, bitbucket } = setUp('workspace owner');
    bitbucket.fault = fault;

    await expect(authorize('workspaceOwner', input, caller)).rejects.toMatchObject({ code });
    await expect(authorize('repositoryAdmin', input, caller)).rejects.toMatchObject({ code });
  });

  it('[I3] is explained to who does not have it', async () => {
    const { authorize } = setUp('member');

    await expect(authorize('workspaceOwner', input, caller)).rejects.toThrow(
      /add you to a group with the permission 'Administer workspace'/,
    );
  });
});
