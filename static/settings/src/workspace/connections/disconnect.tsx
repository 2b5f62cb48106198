import type { DisconnectImpact } from '@contracts/connections';
import { useEffect, useState } from 'react';
import { call } from '../../../../shared/bridge/call';
import { FailureNotice } from '../../failure-notice';
import { Question } from '../../shared/question';
import { TextField } from '../../text-field';
import { useAction } from '../../use-action';
import type { ConnectionProps } from './connection-card';
import { UseList } from './use-list';

/** Unbinds everything of a connection and removes it, after a look at what that touches and the name typed. */
export function Disconnect(props: ConnectionProps & { readonly onClose: () => void }) {
  const { connectionId, name } = props.connection;
  const [impact, setImpact] = useState<DisconnectImpact>();
  const [typedName, setTypedName] = useState('');
  const looking = useAction();
  const starting = useAction();

  function load(): void {
    looking.run(async () =>
      setImpact(await call('connection.previewDisconnect', { connectionId })),
    );
  }
  useEffect(load, []);

  return (
    <Question
      title={`Disconnect “${name}”?`}
      confirm="Disconnect"
      keep="Keep it"
      isReady={impact !== undefined && typedName.trim() === name}
      isRunning={starting.isRunning}
      failure={starting.failure}
      onConfirm={() =>
        starting.run(async () => {
          const { operation } = await call('connection.disconnect', { connectionId, typedName });
          props.onClose();
          props.onStarted(operation);
        })
      }
      onClose={props.onClose}
    >
      {looking.failure && <FailureNotice failure={looking.failure} onRetry={load} />}
      {looking.isRunning && <p>Looking at what this touches…</p>}
      {impact && (
        <>
          <ul>
            <li>
              {impact.projects}
              {impact.isMore ? ' or more' : ''} projects are unbound from their repositories, and
              their pull requests show no quality gate any more.
            </li>
            {impact.hasWebhook && <li>The webhook on the server is removed.</li>}
            <li>The token and the connection are deleted.</li>
            <li>Nothing is deleted on the server itself.</li>
          </ul>
          {impact.sample.length > 0 && (
            <UseList
              uses={impact.sample}
              isMore={impact.isMore || impact.projects > impact.sample.length}
            />
          )}
        </>
      )}
      <TextField
        id={`typed-${connectionId}`}
        label={`Type “${name}” to confirm`}
        value={typedName}
        onInput={setTypedName}
      />
    </Question>
  );
}
