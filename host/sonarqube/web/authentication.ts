import type { Settings } from '../settings';
import type { Token } from '../state/tokens';
import { isSince } from '../versions';
import { ApiError, insufficientPrivileges } from './api-error';
import { createRights, type Rights } from './rights';
import type { Server } from './server';

/** Who calls. */
export type Caller =
  | { readonly kind: 'anonymous' }
  /** Credentials that belong to nobody, or have expired. */
  | { readonly kind: 'rejected' }
  | { readonly kind: 'token'; readonly token: Token; readonly rights: Rights };

/** What an operation asks of its caller. `analysis`: the permission to execute analysis is enough. */
export type Access = 'anyone' | 'analysis' | 'user';

/** The token in `Authorization`: as Bearer, or as the user name of Basic with an empty password. */
function readToken(header: string, settings: Settings): string {
  const [scheme = '', credentials = ''] = header.trim().split(/\s+/u);
  // Servers before 10.0 do not know Bearer.
  if (/^bearer$/iu.test(scheme)) return isSince(settings, '10.0') ? credentials : '';
  if (!/^basic$/iu.test(scheme)) return '';
  const [login = ''] = Buffer.from(credentials, 'base64').toString().split(':');
  return login;
}

export function findCaller({ state, settings, clock }: Server, request: Request): Caller {
  const header = request.headers.get('Authorization');
  if (header === null) return { kind: 'anonymous' };
  const token = state.tokens.find(readToken(header, settings));
  const expired = token?.expiresAt !== null && (token?.expiresAt ?? 0) <= clock.now();
  if (!token || expired) return { kind: 'rejected' };
  return { kind: 'token', token, rights: createRights(state, settings, token) };
}

const PREFIX = { user: 'squ_', analysis: 'sqa_', 'project-analysis': 'sqp_', organization: '' };

/** Prefix of new tokens: a Server says what kind they are, Cloud gives 40 hex characters and nothing else. */
export function tokenPrefix({ flavour }: Settings, kind: Token['kind']): string {
  return flavour === 'cloud' ? '' : PREFIX[kind];
}

/** What a Server answers to anybody; everything else needs a login, which is forced by default. */
export const openToAnybody: readonly string[] = [
  'authentication/validate',
  'server/version',
  'system/status',
];

/** @throws ApiError 401 or 403 when the caller may not use an operation of this access. */
export function requireAccess(caller: Caller, access: Access): void {
  if (caller.kind === 'rejected') throw new ApiError(401);
  if (access === 'anyone') return;
  if (caller.kind === 'anonymous') throw new ApiError(401, 'Authentication is required');
  if (access === 'user' && caller.token.kind !== 'user') throw insufficientPrivileges();
}

export function maySee(caller: Caller, projectKey: string): boolean {
  return caller.kind === 'token' && caller.rights.hasOnProject('user', projectKey);
}

/** @throws ApiError 401 for nobody. */
export function rightsOf(caller: Caller): Rights {
  if (caller.kind === 'token') return caller.rights;
  throw new ApiError(401, 'Authentication is required');
}
