import type { AuditEntry } from '@contracts/audit';
import { useContext, useEffect, useState } from 'react';
import { call } from '../../../shared/bridge/call';
import { Button } from '../button';
import { FailureNotice } from '../failure-notice';
import { FormatsContext } from '../formats-context';
import { TextField } from '../text-field';
import { useAction } from '../use-action';
import { AuditExport } from './audit-export';

/** What a person filters by; empty texts filter nothing. */
export interface TypedFilter {
  readonly actor: string;
  readonly action: string;
  readonly subjectId: string;
}

const fields: readonly (readonly [keyof TypedFilter, string, string])[] = [
  ['action', 'Action', 'Such as connection.add or repository.bind.'],
  ['actor', 'Account', 'The id of the account, as the list shows it.'],
  ['subjectId', 'Id of what was changed', 'Such as the id of a repository, without braces.'],
];

export function toFilter(typed: TypedFilter) {
  return Object.fromEntries(
    Object.entries(typed)
      .map(([name, text]) => [name, (text as string).trim()] as const)
      .filter(([, text]) => text !== ''),
  );
}

interface Shown {
  readonly entries: readonly AuditEntry[];
  readonly nextCursor?: string | undefined;
}

/** Who changed what and when, newest first. */
export function Audit() {
  const [typed, setTyped] = useState<TypedFilter>({ actor: '', action: '', subjectId: '' });
  const [applied, setApplied] = useState(typed);

  return (
    <section className="section" aria-labelledby="audit-heading">
      <h2 id="audit-heading">Audit log</h2>
      <p className="hint">Every change that people made with the app, kept for a year.</p>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          setApplied({ ...typed });
        }}
      >
        {fields.map(([name, label, hint]) => (
          <TextField
            key={name}
            id={`audit-${name}`}
            label={label}
            hint={hint}
            value={typed[name]}
            onInput={(value) => setTyped({ ...typed, [name]: value })}
          />
        ))}
        <div className="row start">
          <button type="submit" className="button">
            Filter
          </button>
        </div>
      </form>
      {/* Another filter is another list: a late answer to the one before is never shown. */}
      <AuditList key={JSON.stringify(applied)} filter={applied} />
      <AuditExport filter={applied} />
    </section>
  );
}

function AuditList({ filter }: { readonly filter: TypedFilter }) {
  const [shown, setShown] = useState<Shown>();
  const loading = useAction();

  function load(): void {
    loading.run(async () => {
      const cursor = shown?.nextCursor;
      const page = await call('audit.list', {
        filter: toFilter(filter),
        ...(cursor !== undefined && { cursor }),
      });
      setShown({ ...page, entries: [...(shown?.entries ?? []), ...page.entries] });
    });
  }
  useEffect(load, []);

  return (
    <>
      {loading.failure && <FailureNotice failure={loading.failure} onRetry={load} />}
      {!shown && !loading.failure && <p className="hint">Loading…</p>}
      {shown && <Entries {...shown} />}
      {shown?.nextCursor !== undefined && (
        <div className="row start">
          <Button isRunning={loading.isRunning} onClick={load}>
            Show more
          </Button>
        </div>
      )}
    </>
  );
}

function Entries({ entries, nextCursor }: Shown) {
  const formats = useContext(FormatsContext);
  if (entries.length === 0) {
    return (
      <p className="hint">
        {nextCursor === undefined ? 'Nothing was changed that fits.' : 'Nothing on this page fits.'}
      </p>
    );
  }
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Who (account)</th>
          <th scope="col">What</th>
          <th scope="col">Before → after</th>
        </tr>
      </thead>
      <tbody>
        {entries.map(({ entryId, at, actor, action, subject, changes }) => (
          <tr key={entryId}>
            <td>
              <time dateTime={at}>{formats.dateTime(at)}</time>
            </td>
            <td>
              <code>{actor}</code>
            </td>
            <td>
              <code>{action}</code>
              <br />
              {subject.name}
            </td>
            <td>
              {changes.map(({ field, before, after }) => (
                <p key={field}>
                  {field}: {before ?? 'nothing'} → {after ?? 'nothing'}
                </p>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
