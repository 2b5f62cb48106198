import type { ConnectionView } from '@contracts/connections';
import { useContext, useState } from 'react';
import { call } from '../../../../shared/bridge/call';
import { Lozenge } from '../../../../shared/components/lozenge';
import { Notice } from '../../../../shared/components/notice';
import { Button } from '../../button';
import { FailureNotice } from '../../failure-notice';
import { FormatsContext } from '../../formats-context';
import { useAction } from '../../use-action';
import type { WorkspaceSectionProps } from '../section-props';
import { ConnectionForm } from './connection-form';
import { Disconnect } from './disconnect';
import { Messages } from './messages';
import { RemoveConnection } from './remove-connection';
import { RotateToken } from './rotate-token';
import { Usage } from './usage';

export interface ConnectionProps extends WorkspaceSectionProps {
  readonly connection: ConnectionView;
}

type Doing = 'edit' | 'rotate' | 'remove' | 'disconnect';

/** One connection: what it is, how it is, and what can be done with it. */
export function ConnectionCard(props: ConnectionProps) {
  const { connection, onDone } = props;
  const { connectionId, name, health, token, state } = connection;
  const [doing, setDoing] = useState<Doing>();
  const isDemo = connection.kind === 'demo';
  const secret = useAction();
  const close = () => setDoing(undefined);
  const done = (sentence: string) => {
    close();
    onDone(sentence);
  };

  function renewSecret(): void {
    secret.run(async () => {
      await call('connection.rotateWebhookSecret', { connectionId });
      onDone(`The webhook of "${name}" has a new secret.`);
    });
  }

  return (
    <article className="card" aria-labelledby={`name-${connectionId}`}>
      <div className="row">
        <h3 id={`name-${connectionId}`}>{name}</h3>
        <Health {...connection} />
      </div>
      {!isDemo && <Facts {...connection} />}
      {!isDemo && <Usage connectionId={connectionId} />}
      {!isDemo && <Messages connectionId={connectionId} />}
      {health.diagnosis && (
        <Notice tone={health.state === 'failing' ? 'warning' : 'information'}>
          <p className="strong">{health.diagnosis.message}</p>
          <p>{health.diagnosis.nextStep}</p>
        </Notice>
      )}
      {token?.warning && (
        <Notice tone="warning">
          <p>{token.warning.message}</p>
        </Notice>
      )}
      {isDemo && (
        <Notice tone="information">
          <p>
            Sample data: whatever repository is bound to one of its projects shows made-up verdicts,
            in the merge check and in reports as well.
          </p>
        </Notice>
      )}
      {!token && !isDemo && (
        <Notice tone="warning">
          <p>No token is stored for this connection. Rotate the token to enter one.</p>
        </Notice>
      )}
      {secret.failure && <FailureNotice failure={secret.failure} onRetry={renewSecret} />}
      {state === 'active' && isDemo && (
        <div className="row start">
          <Button onClick={() => setDoing('disconnect')}>Leave the demo</Button>
        </div>
      )}
      {state === 'active' && !isDemo && (
        <div className="row start">
          <Button label={`Edit ${name}`} onClick={() => setDoing('edit')}>
            Edit
          </Button>
          <Button label={`Rotate token of ${name}`} onClick={() => setDoing('rotate')}>
            Rotate token
          </Button>
          <Button
            label={`Rotate webhook secret of ${name}`}
            isRunning={secret.isRunning}
            onClick={renewSecret}
          >
            Rotate webhook secret
          </Button>
          <Button label={`Delete ${name}`} onClick={() => setDoing('remove')}>
            Delete
          </Button>
          <Button label={`Disconnect ${name}`} onClick={() => setDoing('disconnect')}>
            Disconnect
          </Button>
        </div>
      )}
      {doing === 'edit' && (
        <ConnectionForm connection={connection} onSaved={done} onClose={close} />
      )}
      {doing === 'rotate' && <RotateToken {...props} onDone={done} onClose={close} />}
      {doing === 'remove' && <RemoveConnection {...props} onDone={done} onClose={close} />}
      {doing === 'disconnect' && <Disconnect {...props} onClose={close} />}
    </article>
  );
}

function Health({ health, state }: ConnectionView) {
  if (state === 'disconnecting') {
    return <Lozenge tone="warning" word="Disconnecting" icon="unlinked" />;
  }
  if (health.state === 'ok') return <Lozenge tone="success" word="Works" icon="check" />;
  if (health.state === 'failing') return <Lozenge tone="danger" word="Fails" icon="cross" />;
  return <Lozenge tone="neutral" word="Not tried yet" icon="question" />;
}

function Facts(connection: ConnectionView) {
  const { kind, url, publicUrl, organizationKey, version, edition, token, health } = connection;
  const formats = useContext(FormatsContext);
  const server = [edition && `${edition} edition`, version].filter(Boolean).join(', ');
  const facts: readonly (readonly [string, string | undefined])[] = [
    [
      'Server',
      kind === 'sonarqube-cloud' ? 'SonarQube Cloud' : `SonarQube Server ${server}`.trim(),
    ],
    ['Address', url],
    ['Public address', publicUrl],
    [
      'Organization',
      kind === 'sonarqube-cloud' ? (organizationKey ?? 'none chosen yet') : undefined,
    ],
    [
      'Token',
      token && `ends with ${token.lastCharacters}, entered ${formats.dateTime(token.savedAt)}`,
    ],
    ['Token ends', token?.expiresAt && formats.dateTime(token.expiresAt)],
    ['Last tried', health.checkedAt && formats.dateTime(health.checkedAt)],
  ];
  return (
    <dl className="facts">
      {facts.map(
        ([term, text]) =>
          text !== undefined && (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{text}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
