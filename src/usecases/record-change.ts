import type { ChangeDraft } from '../domain/change';
import type { Clock } from '../domain/ports/clock';
import type { Log } from '../domain/ports/log';
import type { Randomness } from '../domain/ports/randomness';
import type { AuditLog, FindingStore } from '../domain/ports/stores';

export interface RecordChangeOptions {
  readonly audit: AuditLog;
  readonly findings: FindingStore;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
}

/** `actor` is an account id, or `app` for what the app does by itself. */
export type RecordChange = (action: string, change: ChangeDraft, actor: string) => Promise<void>;

/**
 * Adds one entry to the audit log. The change has happened by then, so a failure is not the caller's: it is logged and
 * becomes a finding.
 */
export function createRecordChange(options: RecordChangeOptions): RecordChange {
  const { audit, findings, clock, randomness, log } = options;
  return async (action, { subject, changes }, actor) => {
    const at = new Date(clock.nowMs()).toISOString();
    try {
      await audit.append({
        entryId: randomness.uuid(),
        at,
        actor,
        action,
        subject,
        changes: [...changes],
      });
    } catch (error) {
      log.error('a change is missing in the audit log', error, { action });
      await findings
        .report({
          code: 'auditNotWritten',
          severity: 'warning',
          message: `A change of ${subject.name} at ${at} is missing in the audit log.`,
          nextStep: 'Note it by hand if you keep records; the change itself is done.',
          subject: { kind: 'workspace', id: `${action} ${at}`, name: subject.name },
        })
        .catch((failure: unknown) => log.error('a finding could not be stored', failure));
    }
  };
}
