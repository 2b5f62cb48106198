import { useState } from 'react';
import { call } from '../../../../shared/bridge/call';
import { Question } from '../../shared/question';
import { useAction } from '../../use-action';
import type { ConnectionProps } from './connection-card';
import { TokenField } from './token-field';

/** Enters a new token: it is tried first, and the old one stays when it does not work. */
export function RotateToken(props: ConnectionProps & { readonly onClose: () => void }) {
  const { connectionId, name } = props.connection;
  const [token, setToken] = useState('');
  const saving = useAction();
  return (
    <Question
      title={`New token for “${name}”`}
      confirm="Try it and save it"
      keep="Keep the old one"
      look="primary"
      isReady={token !== ''}
      isRunning={saving.isRunning}
      failure={saving.failure}
      onConfirm={() =>
        saving.run(async () => {
          await call('connection.rotateToken', { connectionId, token });
          setToken('');
          props.onDone(`"${name}" uses the new token.`);
        })
      }
      onClose={props.onClose}
    >
      <TokenField
        id={`rotated-${connectionId}`}
        value={token}
        onInput={setToken}
        hint="It is tried before it takes the place of the old one."
      />
    </Question>
  );
}
