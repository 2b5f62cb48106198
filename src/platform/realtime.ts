import { publishGlobal } from '@forge/realtime';
import { toChannel } from '../domain/identifiers';
import type { Log } from '../domain/ports/log';
import type { Realtime } from '../domain/ports/messaging';

/** The platform's realtime channel. It says that there is something new, never what; without it, pages poll. */
export function createRealtime(log: Log): Realtime {
  return {
    async announce(identity, sequence) {
      try {
        const answer: { readonly errors?: unknown } = await publishGlobal(toChannel(identity), {
          sequence,
        });
        if (answer.errors) log.warn('open pages could not be told of a change');
      } catch (error) {
        log.error('open pages could not be told of a change', error);
      }
    },
  };
}
