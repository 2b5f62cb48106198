import { call } from '../../../../shared/bridge/call';
import { ImpactQuestion } from '../impact-question';
import type { ConnectionProps } from './connection-card';

/** Unbinds everything of a connection and removes it. */
export function Disconnect(props: ConnectionProps & { readonly onClose: () => void }) {
  const { connectionId, name } = props.connection;
  return (
    <ImpactQuestion
      id={`typed-${connectionId}`}
      title={`Disconnect “${name}”?`}
      confirm="Disconnect"
      word={name}
      look={() => call('connection.previewDisconnect', { connectionId })}
      start={async (typedName) =>
        (await call('connection.disconnect', { connectionId, typedName })).operation
      }
      onStarted={props.onStarted}
      onClose={props.onClose}
      consequences={({ hasWebhook }) => (
        <>
          {hasWebhook && <li>The webhook on the server is removed.</li>}
          <li>The token and the connection are deleted.</li>
          <li>Projects and analyses on the server stay as they are.</li>
        </>
      )}
    />
  );
}
