import * as z from 'zod';
import type { BitbucketStandIn } from './bitbucket/types';
import type { InstallablePlatform, MergeCheckCall } from './platform/types';

/** What a merge check answered last, for the commit that was the head then. */
export interface MergeCheckState {
  readonly moduleKey: string;
  readonly name: string;
  readonly commit: string;
  readonly trigger: MergeCheckCall['trigger'];
  readonly success: boolean;
  readonly message?: string;
}

/**
 * Bitbucket's side of custom merge checks, as an administrator switched them on for every branch and marked them
 * Required: they run on each push and once more at the merge, and a failed one stops it.
 */
export interface MergeChecks {
  readonly isOn: boolean;
  results(repositoryUuid: string, pullRequestId: number): readonly MergeCheckState[];
  /** Runs the checks of before the merge once more, as the button on the pull request does. */
  rerun(repositoryUuid: string, pullRequestId: number): Promise<void>;
  /** Runs the checks of the merge. @throws Error with what the failed ones say. */
  requireMergeable(repositoryUuid: string, pullRequestId: number): Promise<void>;
  /** Resolves when no check runs. */
  idle(): Promise<void>;
  stop(): void;
}

interface MergeChecksOptions {
  readonly bitbucket: BitbucketStandIn;
  readonly platform: InstallablePlatform;
  readonly isOn: boolean;
  /** Called when a check has answered. */
  readonly onResult: (repositoryUuid: string) => void;
  readonly log: (line: string) => void;
}

const PullRequestEvent = z.object({
  eventType: z.enum(['avi:bitbucket:created:pullrequest', 'avi:bitbucket:updated:pullrequest']),
  repository: z.object({ uuid: z.string() }),
  pullrequest: z.object({ id: z.number() }),
});

export function createMergeChecks(options: MergeChecksOptions): MergeChecks {
  const { bitbucket, platform, isOn, log } = options;
  const open = new Set<Promise<void>>();
  const states = new Map<string, MergeCheckState>();

  function headOf(repositoryUuid: string, id: number): string {
    return bitbucket.pullRequests(repositoryUuid).find((each) => each.id === id)?.headCommit ?? '';
  }

  async function run(
    repositoryUuid: string,
    pullRequestId: number,
    trigger: MergeCheckCall['trigger'],
  ): Promise<readonly MergeCheckState[]> {
    if (!isOn || !platform.isInstalled) return [];
    const commit = headOf(repositoryUuid, pullRequestId);
    const modules = platform.mergeChecks.filter(({ triggers }) => triggers.includes(trigger));
    return Promise.all(
      modules.map(async ({ key: moduleKey, name }) => {
        const answer = await platform.runMergeCheck({
          moduleKey,
          repositoryUuid,
          pullRequestId,
          trigger,
          ...(trigger === 'on-merge' && {
            merge: {
              commitMessage: `Merged in pull request #${pullRequestId}`,
              mergeStrategy: 'merge_commit',
              closeSourceBranch: false,
            },
          }),
        });
        const state = { moduleKey, name, commit, trigger, ...answer };
        states.set(`${repositoryUuid} ${pullRequestId} ${moduleKey}`, state);
        options.onResult(repositoryUuid);
        return state;
      }),
    );
  }

  const stopListening = bitbucket.onEvent((event) => {
    const parsed = PullRequestEvent.safeParse(event);
    if (!parsed.success || !isOn) return;
    const { repository, pullrequest } = parsed.data;
    const known = states.get(
      `${repository.uuid} ${pullrequest.id} ${platform.mergeChecks[0]?.key ?? ''}`,
    );
    // An edited title runs nothing.
    if (known?.commit === headOf(repository.uuid, pullrequest.id)) return;
    const work = run(repository.uuid, pullrequest.id, 'on-code-pushed')
      .then(
        () => undefined,
        (error: unknown) => log(`A merge check failed: ${String(error)}`),
      )
      .finally(() => open.delete(work));
    open.add(work);
  });

  return {
    isOn,
    results: (repositoryUuid, pullRequestId) =>
      [...states.entries()]
        .filter(([key]) => key.startsWith(`${repositoryUuid} ${pullRequestId} `))
        .map(([, state]) => state),
    async rerun(repositoryUuid, pullRequestId) {
      await run(repositoryUuid, pullRequestId, 'on-code-pushed');
    },
    async requireMergeable(repositoryUuid, pullRequestId) {
      const failed = (await run(repositoryUuid, pullRequestId, 'on-merge')).filter(
        ({ success }) => !success,
      );
      if (failed.length === 0) return;
      throw new Error(
        failed.map(({ name, message = 'failed' }) => `${name}: ${message}`).join(' '),
      );
    },
    async idle() {
      while (open.size > 0) await Promise.all(open);
    },
    stop: stopListening,
  };
}
