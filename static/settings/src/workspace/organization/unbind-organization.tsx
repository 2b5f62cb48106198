import type { DisconnectImpact } from '@contracts/connections';
import { useEffect, useState } from 'react';
import { call } from '../../../../shared/bridge/call';
import { FailureNotice } from '../../failure-notice';
import { Question } from '../../shared/question';
import { TextField } from '../../text-field';
import { useAction } from '../../use-action';
import { UseList } from '../connections/use-list';
import type { OrganizationProps } from './organization';

interface UnbindOrganizationProps extends OrganizationProps {
  readonly organizationKey: string;
  readonly onClose: () => void;
}

/** Unbinds every repository, then the organization, after a look at what that touches and the key typed. */
export function UnbindOrganization(props: UnbindOrganizationProps) {
  const { connectionId, organizationKey } = props;
  const [impact, setImpact] = useState<DisconnectImpact>();
  const [typedKey, setTypedKey] = useState('');
  const looking = useAction();
  const starting = useAction();

  function load(): void {
    looking.run(async () => setImpact(await call('organization.previewUnbind', { connectionId })));
  }
  useEffect(load, []);

  return (
    <Question
      title={`Unbind “${organizationKey}”?`}
      confirm="Unbind"
      keep="Keep it"
      isReady={impact !== undefined && typedKey.trim() === organizationKey}
      isRunning={starting.isRunning}
      failure={starting.failure}
      onConfirm={() =>
        starting.run(async () => {
          const { operation } = await call('organization.unbind', { connectionId, typedKey });
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
              {impact.isMore ? ' or more' : ''} projects are unbound from their repositories first.
            </li>
            {impact.hasWebhook && <li>The webhook of the organization is removed.</li>}
            <li>The connection stays, and you can choose another organization then.</li>
            <li>Nothing is deleted on SonarQube Cloud.</li>
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
        id="typed-organization"
        label={`Type “${organizationKey}” to confirm`}
        value={typedKey}
        onInput={setTypedKey}
      />
    </Question>
  );
}
