import * as z from 'zod/mini';
import { withoutBraces } from '../domain/identifiers';
import type { Log } from '../domain/ports/log';
import type { CheckMerge } from '../usecases/merging/check-merge';
import { toWorkspaceUuid } from './installation';

/** What Bitbucket hands to a merge check (forge.md 2.4). It names no commit and no branch. */
const MergeCheckPayload = z.object({
  repository: z.object({ uuid: z.string() }),
  pullrequest: z.object({ id: z.int() }),
});

export interface MergeCheckHandlerOptions {
  readonly checkMerge: CheckMerge;
  readonly log: Log;
}

/** The merge check. Whatever happens it gives an answer of its own: for Bitbucket an exception would be a failed check. */
export function createMergeCheckHandler({ checkMerge, log }: MergeCheckHandlerOptions) {
  return async (payload: unknown, context: unknown) => {
    const parsed = MergeCheckPayload.safeParse(payload);
    if (!parsed.success) {
      log.warn('a merge check of unknown form was refused');
      return {
        success: false,
        message: 'Bitbucket asked in a way that Gatehouse does not understand. Try again later.',
      };
    }
    const { repository, pullrequest } = parsed.data;
    const { success, message } = await checkMerge({
      workspaceUuid: toWorkspaceUuid(context),
      repositoryUuid: withoutBraces(repository.uuid),
      pullRequestId: pullrequest.id,
    });
    log.info('a merge was checked', { success });
    return { success, message };
  };
}
