import { nameBasedUuid } from './name-based-uuid';
import type { BitbucketUser } from './types';

/** A Bitbucket account as answers and events name it; people known only from commits have one as well. */
export interface Person {
  readonly accountId: string;
  /** With braces. */
  readonly uuid: string;
  readonly displayName: string;
  readonly nickname: string;
}

interface Cast {
  readonly displayName: string;
  readonly workspaceRole: BitbucketUser['workspaceRole'];
  /** Right on every repository that is added; absent means no grant. */
  readonly grant?: 'admin' | 'write';
}

/** One person for each right that matters to the app. */
const cast: readonly Cast[] = [
  { displayName: 'Olivia Owner', workspaceRole: 'owner' },
  { displayName: 'Ada Admin', workspaceRole: 'member', grant: 'admin' },
  { displayName: 'Wren Writer', workspaceRole: 'member', grant: 'write' },
  { displayName: 'Milo Member', workspaceRole: 'member' },
  { displayName: 'Otto Outsider', workspaceRole: 'outsider' },
];

export interface People {
  readonly users: readonly BitbucketUser[];
  /** The app's own user, as `/user` shows it to `asApp` calls. */
  readonly appUser: Person;
  /** Who pushes what moved on disk. */
  readonly pusher: Person;
  /** Rights that a new repository starts with, by account id. */
  readonly defaultGrants: ReadonlyMap<string, 'admin' | 'write'>;
  /** Changes what a person is in the workspace, in the list that `users` gives. @throws Error for an unknown person. */
  setRole(accountId: string, role: BitbucketUser['workspaceRole']): void;
  find(accountId: string): BitbucketUser | undefined;
  /** The account that stands for the author of a commit; the same e-mail always gives the same one. */
  fromCommit(author: { readonly name: string; readonly email: string }): Person;
}

type Mutable = Omit<BitbucketUser, 'workspaceRole'> & {
  workspaceRole: BitbucketUser['workspaceRole'];
};

/** The people of a workspace; their ids follow from the workspace, so they are the same after a fresh start. */
export function createPeople(workspaceUuid: string): People {
  const users: Mutable[] = cast.map(({ displayName, workspaceRole }) => ({
    ...person(workspaceUuid, displayName, displayName),
    workspaceRole,
  }));
  const defaultGrants = new Map<string, 'admin' | 'write'>();
  cast.forEach(({ grant }, index) => {
    const user = users[index];
    if (user && grant) defaultGrants.set(user.accountId, grant);
  });
  const appUser = person(workspaceUuid, 'app', 'Gatehouse');
  const pusher = users.find((user) => defaultGrants.get(user.accountId) === 'write') ?? appUser;

  return {
    users,
    appUser,
    pusher,
    defaultGrants,
    setRole(accountId, role) {
      const user = users.find((one) => one.accountId === accountId);
      if (!user) throw new Error(`There is no user ${accountId}.`);
      user.workspaceRole = role;
    },
    find: (accountId) => users.find((user) => user.accountId === accountId),
    fromCommit: ({ name, email }) =>
      person(workspaceUuid, `commit-author:${email.toLowerCase()}`, name === '' ? email : name),
  };
}

function person(workspaceUuid: string, key: string, displayName: string): Person {
  const uuid = nameBasedUuid(workspaceUuid, key);
  return {
    accountId: `712020:${uuid}`,
    uuid: `{${uuid}}`,
    displayName,
    nickname: displayName.split(' ')[0] ?? displayName,
  };
}
