import type { Log } from '../../domain/ports/log';
import type { FindingStore, SettingsStore } from '../../domain/ports/stores';

export interface NoticeMergeCheckOptions {
  readonly settings: SettingsStore;
  readonly findings: FindingStore;
  readonly log: Log;
}

/** So many pushes to pull requests without a run tell that the check is switched on nowhere. */
export const pushesToNotice = 20;
const code = 'mergeCheckNeverRan';
const subject = { kind: 'workspace', id: 'workspace', name: 'the workspace' } as const;

/** Bitbucket ran the check for a repository: it is switched on. */
export async function noteMergeCheckRun(
  { settings, findings }: NoticeMergeCheckOptions,
  repositoryUuid: string,
  atMs: number,
): Promise<void> {
  const missed = await settings.noteMergeCheckRun(repositoryUuid, atMs);
  if (missed >= pushesToNotice) await findings.clear(code, subject.id);
}

/**
 * A push to a pull request, after which the check would run if it were switched on. Bitbucket has no call that tells, so
 * what does not come is counted; one finding speaks for all repositories. Never throws, as it is beside the point.
 */
export async function noteMergeCheckMissed(
  { settings, findings, log }: NoticeMergeCheckOptions,
  repositoryUuid: string,
): Promise<void> {
  try {
    if ((await settings.noteMergeCheckMissed(repositoryUuid)) !== pushesToNotice) return;
    await findings.report({
      code,
      severity: 'info',
      subject,
      message: `Bitbucket ran the merge check on none of the last ${pushesToNotice} pushes to pull requests, so no merge is stopped by a quality gate.`,
      nextStep:
        'Switch it on as described under Merge and publishing, or leave it when reports and pages are enough.',
    });
  } catch (error) {
    log.error('a push could not be noted', error);
  }
}
