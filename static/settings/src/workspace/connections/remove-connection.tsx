import type { ConnectionUse } from '@contracts/connections';
import { useEffect, useState } from 'react';
import { call } from '../../../../shared/bridge/call';
import { FailureNotice } from '../../failure-notice';
import { Question } from '../../shared/question';
import { useAction } from '../../use-action';
import type { ConnectionProps } from './connection-card';
import { UseList } from './use-list';

/** Deletes a connection that nobody uses; otherwise says who does. */
export function RemoveConnection(props: ConnectionProps & { readonly onClose: () => void }) {
  const { connectionId, name, sequence } = props.connection;
  const [uses, setUses] = useState<{ readonly list: ConnectionUse[]; readonly isMore: boolean }>();
  const looking = useAction();
  const removing = useAction();

  function load(): void {
    looking.run(async () => {
      const page = await call('connection.uses', { connectionId });
      setUses({ list: page.uses, isMore: page.nextCursor !== undefined });
    });
  }
  useEffect(load, []);

  return (
    <Question
      title={`Delete “${name}”?`}
      confirm="Delete the connection"
      keep="Keep it"
      isReady={uses?.list.length === 0}
      isRunning={removing.isRunning}
      failure={removing.failure}
      onConfirm={() =>
        removing.run(async () => {
          await call('connection.remove', { connectionId, sequence });
          props.onDone(`"${name}" is deleted.`);
        })
      }
      onClose={props.onClose}
    >
      {looking.failure && <FailureNotice failure={looking.failure} onRetry={load} />}
      {looking.isRunning && <p>Looking for repositories that use it…</p>}
      {uses?.list.length === 0 && <p>No repository uses it. Its token and webhook go with it.</p>}
      {uses && uses.list.length > 0 && (
        <>
          <p>
            These repositories use it, so it cannot be deleted. Unbind them first, or disconnect it,
            which unbinds them all.
          </p>
          <UseList uses={uses.list} isMore={uses.isMore} />
        </>
      )}
    </Question>
  );
}
