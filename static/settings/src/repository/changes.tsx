import type { AuditEntry } from '@contracts/audit';
import { useContext, useEffect, useState } from 'react';
import { call } from '../../../shared/bridge/call';
import { Button } from '../button';
import { FailureNotice } from '../failure-notice';
import { FormatsContext } from '../formats-context';
import { useAction } from '../use-action';

interface Shown {
  readonly entries: readonly AuditEntry[];
  readonly nextCursor?: string | undefined;
}

/** Who changed the bindings of this repository and when, newest first. */
export function Changes({ repositoryUuid }: { readonly repositoryUuid: string }) {
  const formats = useContext(FormatsContext);
  const [shown, setShown] = useState<Shown>();
  const loading = useAction();

  function load(before: Shown | undefined): void {
    loading.run(async () => {
      const cursor = before?.nextCursor;
      const page = await call('repository.changes', {
        repositoryUuid,
        ...(cursor !== undefined && { cursor }),
      });
      setShown({ ...page, entries: [...(before?.entries ?? []), ...page.entries] });
    });
  }
  useEffect(() => load(undefined), []);

  return (
    <section className="section" aria-labelledby="changes-heading">
      <h2 id="changes-heading">Changes</h2>
      {loading.failure && <FailureNotice failure={loading.failure} onRetry={() => load(shown)} />}
      {!shown && !loading.failure && <p className="hint">Loading…</p>}
      {shown?.entries.length === 0 && <p className="hint">Nothing was changed yet.</p>}
      {shown && shown.entries.length > 0 && (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">Who (account)</th>
              <th scope="col">What</th>
            </tr>
          </thead>
          <tbody>
            {shown.entries.map((entry) => (
              <tr key={entry.entryId}>
                <td>
                  <time dateTime={entry.at}>{formats.dateTime(entry.at)}</time>
                </td>
                <td>
                  <code>{entry.actor}</code>
                </td>
                <td>
                  {entry.changes.map(({ field, before, after }) => (
                    <p key={field}>
                      {field}: {before ?? 'not bound'} → {after ?? 'not bound'}
                    </p>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {shown?.nextCursor !== undefined && (
        <div className="row start">
          <Button isRunning={loading.isRunning} onClick={() => load(shown)}>
            Show more
          </Button>
        </div>
      )}
    </section>
  );
}
