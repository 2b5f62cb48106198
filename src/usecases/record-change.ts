import type { ChangeDraft } from '../domain/change';
import type { Clock } from '../domain/ports/clock';
import type { Log } from '../domain/ports/log';
import type { Randomness } from '../domain/ports/randomness';
import type { AuditLog } from '../domain/ports/stores';

export interface RecordChangeOptions {
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
}

/** `actor` is an account id, or `app` for what the app does by itself. */
export type RecordChange = (action: string, change: ChangeDraft, actor: string) => Promise<void>;

/** Adds one entry to the audit log. The change has happened by then, so a failure is not the caller's: it is logged. */
export function createRecordChange(options: RecordChangeOptions): RecordChange {
  const { audit, clock, randomness, log } = options;
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
    }
  };
}
