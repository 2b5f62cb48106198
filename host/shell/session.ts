import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { BitbucketUser } from '../bitbucket/types';

export type ThemeChoice = 'light' | 'dark' | 'auto';

const longSeconds = 31_536_000;

/** The name carries the port: all ports of one machine share their cookies, and two hosts may run at once. */
function cookieName(context: Context): string {
  return `gatehouse_user_${new URL(context.req.url).port}`;
}

/** The person whom the pages act as: the one chosen in the user menu, at first the owner of the workspace. */
export function currentUser(context: Context, users: readonly BitbucketUser[]): BitbucketUser {
  const chosen = getCookie(context, cookieName(context));
  const user = users.find(({ accountId }) => accountId === chosen) ?? users[0];
  if (!user) throw new Error('The workspace has no users.');
  return user;
}

export function rememberUser(context: Context, user: BitbucketUser): void {
  setCookie(context, cookieName(context), user.accountId, {
    path: '/',
    httpOnly: true,
    sameSite: 'Strict',
    maxAge: longSeconds,
  });
}

export function currentTheme(context: Context): ThemeChoice {
  const chosen = getCookie(context, 'gatehouse_theme');
  return chosen === 'light' || chosen === 'dark' ? chosen : 'auto';
}
