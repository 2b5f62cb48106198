import { publishGlobal, signRealtimeToken } from '@forge/realtime';
import { toChannel, type PullRequestIdentity } from '../domain/identifiers';
import type { Log } from '../domain/ports/log';
import type { Realtime } from '../domain/ports/messaging';
import { withDeadline } from './clock';

/** A page is not kept waiting for what only makes it livelier. */
const longestWaitMs = 1_000;

/**
 * The platform's realtime channel. It says that there is something new, never what; without it, pages poll. Who listens
 * needs a token for this pull request, which only a view gives that proved the right to read it.
 */
export function createRealtime(log: Log): Realtime {
  async function sign(
    { repositoryUuid, pullRequestId }: PullRequestIdentity,
    permission: 'publish' | 'subscribe',
  ): Promise<string | undefined> {
    const channel = toChannel({ repositoryUuid, pullRequestId });
    const claims = { repositoryUuid, pullRequestId };
    const signed: { readonly token: unknown } = await signRealtimeToken(channel, claims, [
      permission,
    ]);
    return typeof signed.token === 'string' ? signed.token : undefined;
  }

  return {
    async announce(identity, sequence) {
      try {
        const token = await sign(identity, 'publish');
        const answer: { readonly errors?: unknown } = await publishGlobal(
          toChannel(identity),
          { sequence },
          token === undefined ? {} : { token },
        );
        if (answer.errors) log.warn('open pages could not be told of a change');
      } catch (error) {
        log.error('open pages could not be told of a change', error);
      }
    },

    async sign(identity) {
      try {
        return await withDeadline(sign(identity, 'subscribe'), longestWaitMs);
      } catch (error) {
        log.error('no token for a realtime channel', error);
        return undefined;
      }
    },
  };
}
