import * as z from 'zod';
import type { Manifest, MergeCheckModule } from '../manifest';
import type { Invoke } from '../supervisor/invoker';
import type { Installation, MergeCheckCall, MergeCheckResult } from '../types';
import { Unverified } from '../unverified';
import { callOf } from './functions';

const Answer = z.object({ success: z.boolean(), message: z.string().optional() });
/** As much of the commit message as Bitbucket hands over. */
const longestCommitMessage = 1_000;

/** Runs a merge check as Bitbucket does: whatever is not a clear answer is a failed check. No user acts in it. */
export function createMergeCheckIngress(
  invoke: Invoke,
  manifest: Manifest,
  { workspaceUuid }: Installation,
): (call: MergeCheckCall) => Promise<MergeCheckResult> {
  return async (call) => {
    const module = manifest.mergeChecks.find(({ key }) => key === call.moduleKey);
    if (!module) throw new Error(`The manifest has no merge check "${call.moduleKey}".`);
    const { key, function: functionKey } = module;
    const body = payloadOf(call, module, workspaceUuid);
    const outcome = await invoke(
      callOf(manifest, { type: 'bitbucket:mergeCheck', key, functionKey }, body),
    );
    const answer = Answer.safeParse(outcome.kind === 'success' ? outcome.body : undefined);
    if (!answer.success) return { success: false, message: Unverified.failedMergeCheck };
    const { success, message } = answer.data;
    return { success, ...(message === undefined ? {} : { message }) };
  };
}

function payloadOf(call: MergeCheckCall, module: MergeCheckModule, workspaceUuid: string) {
  if (!module.triggers.includes(call.trigger)) {
    throw new Error(`The merge check "${module.key}" is not triggered by ${call.trigger}.`);
  }
  const { merge } = call;
  return {
    workspace: { uuid: `{${workspaceUuid}}` },
    repository: { uuid: call.repositoryUuid },
    pullrequest: { id: call.pullRequestId },
    trigger: { type: call.trigger },
    ...(merge === undefined
      ? {}
      : {
          mergeProperties: {
            commitMessage: merge.commitMessage.slice(0, longestCommitMessage),
            commitMessageTruncated: merge.commitMessage.length > longestCommitMessage,
            mergeStrategy: merge.mergeStrategy,
            closeSourceBranch: merge.closeSourceBranch,
          },
        }),
  };
}
