import type { GlobalPermission, ProjectPermission } from '../seeds';
import type { Settings } from '../settings';
import type { State } from '../state/open-state';
import type { Token } from '../state/tokens';
import type { User } from '../state/users';

/** What the owner of a token may do through it. */
export interface Rights {
  readonly login: string;
  readonly name: string;
  /** On a Server, or in an organization of Cloud. */
  has(permission: GlobalPermission, organization?: string | null): boolean;
  /** Permissions on the whole server, for the answer about the caller. */
  listGlobal(): readonly GlobalPermission[];
  isMember(organization: string): boolean;
  hasOnProject(permission: ProjectPermission, projectKey: string): boolean;
  /** Keys of the projects seen beside the public ones; `undefined`: all of them. */
  listVisible(): readonly string[] | undefined;
}

const EVERYTHING = ['admin', 'provisioning', 'scan'] as const;

/** Permissions that everybody has on a public project. */
const OF_PUBLIC_PROJECTS: readonly ProjectPermission[] = ['user', 'codeviewer'];

/** Reads the permissions anew with each question: a test takes them away between two requests. */
export function createRights(state: State, settings: Settings, token: Token): Rights {
  const user: User | undefined = token.login === null ? undefined : state.users.find(token.login);
  /** The built-in user may do everything; a user whom nobody added may do nothing. */
  const isBuiltIn = token.login === null;
  const mayWrite = token.kind === 'user';

  function ofProject(projectKey: string): readonly ProjectPermission[] {
    return user?.projects[projectKey] ?? user?.projects['*'] ?? [];
  }

  function has(permission: GlobalPermission, organization?: string | null): boolean {
    if (!mayWrite && permission !== 'scan') return false;
    if (isBuiltIn) return true;
    const place =
      settings.flavour === 'server' ? user?.global : user?.organizations[organization ?? ''];
    return place?.includes(permission) ?? false;
  }

  return {
    login: token.login ?? settings.login,
    name: user?.name ?? 'Gatehouse',
    has,
    listGlobal: () =>
      isBuiltIn
        ? EVERYTHING.filter((one) => has(one))
        : (user?.global ?? []).filter((one) => has(one)),
    isMember: (organization) => isBuiltIn || user?.organizations[organization] !== undefined,
    hasOnProject(permission, projectKey) {
      const project = state.projects.find(projectKey);
      if (!project || (token.projects && !token.projects.includes(projectKey))) return false;
      if (token.organization !== null && token.organization !== project.organization) return false;
      if (!mayWrite && permission !== 'user' && permission !== 'scan') return false;
      if (isBuiltIn || ofProject(projectKey).includes(permission)) return true;
      return project.visibility === 'public' && OF_PUBLIC_PROJECTS.includes(permission);
    },
    listVisible() {
      if (token.projects) return token.projects;
      if (isBuiltIn || user?.projects['*']?.includes('user')) return undefined;
      return Object.keys(user?.projects ?? {}).filter((key) => ofProject(key).includes('user'));
    },
  };
}
