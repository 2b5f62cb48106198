import type { OutputOf } from '@contracts/procedures';
import { useState } from 'react';
import { call } from '../../../../shared/bridge/call';
import { Button } from '../../button';
import { CopyText } from '../../copy-text';
import { FailureNotice } from '../../failure-notice';
import { useAction } from '../../use-action';

interface LostAdministratorProps {
  readonly connectionId: string;
  readonly organizationKey: string;
  readonly onEnterToken: () => void;
}

/** Self-service for who lost administrator access: people to ask, what to write to them, and a place to come back to. */
export function LostAdministrator(props: LostAdministratorProps) {
  const { connectionId, organizationKey, onEnterToken } = props;
  const [help, setHelp] = useState<OutputOf<'organization.lostAdministrator'>>();
  const asking = useAction();

  function load(): void {
    asking.run(async () => {
      setHelp(await call('organization.lostAdministrator', { connectionId, organizationKey }));
      // Whoever waits for an answer finds the place again.
      const draft = { kind: 'access', organizationKey } as const;
      await call('organization.keepDraft', { connectionId, draft });
    });
  }

  if (!help) {
    return (
      <>
        {asking.failure && <FailureNotice failure={asking.failure} />}
        <div className="row start">
          <Button isRunning={asking.isRunning} onClick={load}>
            How to get access
          </Button>
        </div>
      </>
    );
  }
  return (
    <div className="stack">
      <p>
        {help.people.length === 0
          ? 'SonarQube Cloud does not say who belongs to it.'
          : `These people belong to it: ${help.people.join(', ')}.`}{' '}
        Where you were is kept for seven days.
      </p>
      <CopyText
        id={`message-${organizationKey}`}
        label="A message to send to an administrator"
        text={help.message}
      />
      <div className="row start">
        <Button onClick={onEnterToken}>Enter the token of an administrator</Button>
      </div>
    </div>
  );
}
