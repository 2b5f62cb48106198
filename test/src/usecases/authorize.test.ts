import type { Access } from '../../../src/contracts/procedure';
import { procedures, type ProcedureName } from '../../../src/contracts/procedures';
import {
  type RemoteError,
  RemoteRateLimitedError,
  RemoteUnavailableError,
} from '../../../src/errors/remote-errors';
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

/** What Bitbucket says of each role on the repository: owners hold admin on every one. */
const rights: Readonly<Record<Role, 'admin' | 'write' | undefined>> = {
  'workspace owner': 'admin',
  'repository admin': 'admin',
  member: 'write',
  outsider: undefined,
};

/** What Bitbucket says of each role in the workspace. */
const workspaceRoles: Readonly<Record<Role, 'owner' | 'member' | undefined>> = {
  'workspace owner': 'owner',
  'repository admin': 'member',
  member: 'member',
  outsider: undefined,
};

/** Who may call what, written down a second time on purpose. */
const allowed: Readonly<Record<Access, readonly Role[]>> = {
  workspaceOwner: ['workspace owner'],
  workspaceMember: ['workspace owner', 'repository admin', 'member'],
  repositoryAdmin: ['workspace owner', 'repository admin'],
  // Whoever Bitbucket shows it to.
  repositoryReader: ['workspace owner', 'repository admin', 'member'],
  // Proven by the procedure itself, which reads the pull request as the user.
  pullRequestReader: ['workspace owner', 'repository admin', 'member', 'outsider'],
};

function setUp(role: Role) {
  const bitbucket = createFakeBitbucket(buildPullRequest(), headCommit);
  bitbucket.repositoryRole = rights[role];
  bitbucket.workspaceRole = workspaceRoles[role];
  if (role === 'outsider') bitbucket.repository = undefined;
  return { bitbucket, authorize: createAuthorize({ bitbucket }) };
}

const matrix = (Object.keys(procedures) as ProcedureName[]).flatMap((name) =>
  (Object.keys(rights) as Role[]).map((role) => ({ name, role })),
);

describe('the right to call a procedure', () => {
  it.each(matrix)('[K6] $name by a $role', async ({ name, role }) => {
    const { access } = procedures[name];
    const { authorize } = setUp(role);

    const proof = authorize(access, input, caller);

    if (allowed[access].includes(role)) await expect(proof).resolves.toMatchObject(caller);
    else {
      const code = access === 'repositoryReader' ? 'NOT_FOUND' : 'FORBIDDEN';
      await expect(proof).rejects.toMatchObject({ code });
    }
  });

  it.each<[RemoteError, string]>([
    [new RemoteRateLimitedError({ service: 'bitbucket', operation: 'x' }, '429'), 'RATE_LIMITED'],
    [new RemoteUnavailableError({ service: 'bitbucket', operation: 'x' }, '503'), 'UNAVAILABLE'],
  ])('[K6] is not there while Bitbucket cannot tell (%s)', async (fault, code) => {
    const { authorize, bitbucket } = setUp('workspace owner');
    bitbucket.fault = fault;

    await expect(authorize('repositoryAdmin', input, caller)).rejects.toMatchObject({ code });
  });
});
