import type { Host } from '../host/host';
import { recordDuring, countRuns, type CallCounts } from './call-counts';

/** What the first screen of the workspace page costs, as an owner opens it. @throws Error when it is refused. */
export async function countWorkspaceView(host: Host): Promise<CallCounts> {
  const owner = host.bitbucket.users.find(({ workspaceRole }) => workspaceRole === 'owner');
  if (!owner) throw new Error('The host has no owner.');
  await recordDuring(host, async () => {
    const answer = await host.platform.invokeResolver({
      moduleKey: 'workspace-settings',
      accountId: owner.accountId,
      functionKey: 'workspace.overview',
      payload: {},
      extension: {},
    });
    const isGood = typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok;
    if (isGood !== true) throw new Error(`The page was refused: ${JSON.stringify(answer)}`);
  });
  return countRuns(host.traffic, host.traffic.invocations);
}
