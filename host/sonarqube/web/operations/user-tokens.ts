import { formatDate } from '../../dates';
import type { Token } from '../../state/tokens';
import type { Operation } from '../operation';
import type { Server } from '../server';

const TYPE = {
  user: 'USER_TOKEN',
  analysis: 'GLOBAL_ANALYSIS_TOKEN',
  'project-analysis': 'PROJECT_ANALYSIS_TOKEN',
  organization: 'USER_TOKEN',
} as const;

/** The tokens of the caller: how old they are and when they end. */
export function createUserTokenOperations(server: Server): readonly Operation[] {
  const { state, clock } = server;

  function toToken({ name, kind, createdAt, expiresAt, projects }: Token) {
    const [key] = projects ?? [];
    return {
      name,
      createdAt: formatDate(createdAt ?? 0),
      type: TYPE[kind],
      ...(expiresAt !== null && {
        expirationDate: formatDate(expiresAt),
        isExpired: expiresAt <= clock.now(),
      }),
      ...(kind === 'project-analysis' &&
        key !== undefined && {
          project: { key, name: state.projects.find(key)?.name ?? key },
        }),
    };
  }

  return [
    {
      path: 'user_tokens/search',
      method: 'GET',
      access: 'user',
      answer({ caller }) {
        if (caller.kind !== 'token') return undefined;
        return {
          login: caller.rights.login,
          userTokens: state.tokens.listOf(caller.token.login).map(toToken),
        };
      },
    },
  ];
}
