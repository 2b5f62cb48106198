import type { Host } from '../host/host';
import { countRuns, recordDuring, type CallCounts } from './call-counts';

/** Written for each project on SonarQube Cloud: the project, and the name of its main branch. */
export const writesPerProject = 2;

/**
 * What it costs to plan and import so many repositories into the first connection: all that runs in the queue.
 * @throws Error when a procedure is refused or not all of them are imported.
 */
export async function countImport(host: Host, repositories: number): Promise<CallCounts> {
  host.bitbucket.addListedRepositories(repositories);
  const overview = await ask(host, 'workspace.overview', {});
  const { connections } = overview as { readonly connections: readonly { connectionId: string }[] };
  let runId = '';
  await recordDuring(host, async () => {
    const { run } = (await ask(host, 'import.plan', {
      connectionId: connections[0]?.connectionId,
      selection: { kind: 'matching', query: 'listed', except: [] },
      options: {
        keyPrefix: 'bench_',
        publicStaysPublic: false,
        includesForks: false,
        includesEmpty: false,
        newCode: { kind: 'server' },
        parallel: 4,
      },
    })) as { readonly run: { readonly runId: string } };
    runId = run.runId;
    await host.settle();
    await ask(host, 'import.start', { runId, acceptsOverLimit: false });
    await settleInTime(host);
  });
  const { run } = (await ask(host, 'import.view', { runId })) as {
    readonly run: { readonly counts: { readonly done: number } };
  };
  if (run.counts.done !== repositories) {
    throw new Error(`Only ${run.counts.done} of ${repositories} repositories were imported.`);
  }
  const inQueue = host.traffic.invocations.filter(
    ({ functionKey }) => functionKey === 'run-maintenance',
  );
  return countRuns(host.traffic, inQueue);
}

/** The store of the platform takes 1,000 requests in a second, and this clock stands still by itself. */
async function settleInTime(host: Host): Promise<void> {
  await host.settle();
  while (host.platform.queue.pending > 0) {
    await host.clock.advance(1_000);
    await host.settle();
  }
}

async function ask(host: Host, functionKey: string, payload: unknown): Promise<unknown> {
  const owner = host.bitbucket.users.find(({ workspaceRole }) => workspaceRole === 'owner');
  const reply = (await host.platform.invokeResolver({
    moduleKey: 'workspace-settings',
    accountId: owner?.accountId ?? '',
    functionKey,
    payload,
    extension: {},
  })) as { readonly ok: boolean; readonly data: unknown };
  if (!reply.ok) throw new Error(`${functionKey} was refused: ${JSON.stringify(reply)}`);
  return reply.data;
}
