import type { Settings } from '../settings';
import type { Token } from '../state/tokens';
import { ApiError } from './api-error';
import type { Server } from './server';

/** Who calls. */
export type Caller =
  | { readonly kind: 'anonymous' }
  /** Credentials that belong to nobody, or have expired. */
  | { readonly kind: 'rejected' }
  | { readonly kind: 'token'; readonly token: Token };

/** What an operation asks of its caller. `analysis`: the permission to execute analysis is enough. */
export type Access = 'anyone' | 'analysis' | 'user';

/** The token in `Authorization`: as Bearer, or as the user name of Basic with an empty password. */
function readToken(header: string): string {
  const [scheme = '', credentials = ''] = header.trim().split(/\s+/u);
  if (/^bearer$/iu.test(scheme)) return credentials;
  if (!/^basic$/iu.test(scheme)) return '';
  const [login = ''] = Buffer.from(credentials, 'base64').toString().split(':');
  return login;
}

export function findCaller({ state, clock }: Server, request: Request): Caller {
  const header = request.headers.get('Authorization');
  if (header === null) return { kind: 'anonymous' };
  const token = state.tokens.find(readToken(header));
  const expired = token?.expiresAt !== null && (token?.expiresAt ?? 0) <= clock.now();
  return !token || expired ? { kind: 'rejected' } : { kind: 'token', token };
}

/** Prefix of new tokens: a Server says what kind they are, Cloud gives 40 hex characters and nothing else. */
export function tokenPrefix({ flavour }: Settings, kind: Token['kind']): string {
  if (flavour === 'cloud') return '';
  return kind === 'analysis' ? 'sqa_' : 'squ_';
}

/** @throws ApiError 401 or 403 when the caller may not use an operation of this access. */
export function requireAccess(caller: Caller, access: Access): void {
  if (caller.kind === 'rejected') throw new ApiError(401);
  if (access === 'anyone') return;
  if (caller.kind === 'anonymous') throw new ApiError(401, 'Authentication is required');
  if (access === 'user' && caller.token.kind === 'analysis') {
    throw new ApiError(403, 'Insufficient privileges');
  }
}

export function maySee(caller: Caller, projectKey: string): boolean {
  if (caller.kind !== 'token') return false;
  return caller.token.projects?.includes(projectKey) ?? true;
}
