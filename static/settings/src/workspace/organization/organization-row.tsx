import type { Organization } from '@contracts/organizations';
import type { OutputOf } from '@contracts/procedures';
import { useState } from 'react';
import { call } from '../../../../shared/bridge/call';
import { Lozenge } from '../../../../shared/components/lozenge';
import { Button } from '../../button';
import { CopyText } from '../../copy-text';
import { FailureNotice } from '../../failure-notice';
import { Question } from '../../shared/question';
import { useAction } from '../../use-action';
import type { OrganizationProps } from './organization';

interface OrganizationRowProps extends OrganizationProps {
  readonly organization: Organization;
}

/** One organization: bound with a click, or why not and what then. */
export function OrganizationRow(props: OrganizationRowProps) {
  const { connectionId, organization } = props;
  const { key, name, refusal } = organization;
  const [isAsking, setIsAsking] = useState(false);
  const binding = useAction();

  function bind(takeOver: boolean): void {
    binding.run(async () => {
      await call('organization.bind', { connectionId, organizationKey: key, takeOver });
      props.onDone(`The workspace is bound to "${key}".`);
    });
  }

  const canTakeOver = binding.failure?.code === 'CONFLICT';
  return (
    <article className="card" aria-label={key}>
      <div className="row">
        <h3>{name}</h3>
        {refusal ? (
          <Lozenge tone="warning" word="Cannot be bound" icon="prohibited" />
        ) : (
          <Button label={`Bind ${key}`} isRunning={binding.isRunning} onClick={() => bind(false)}>
            Bind
          </Button>
        )}
      </div>
      <code>{key}</code>
      {refusal && (
        <p>
          {refusal.message} {refusal.nextStep}
        </p>
      )}
      {refusal?.code === 'noAdministrator' && <LostAdministrator {...props} />}
      {binding.failure && !isAsking && <FailureNotice failure={binding.failure} />}
      {canTakeOver && !isAsking && (
        <div className="row start">
          <Button label={`Take ${key} over`} onClick={() => setIsAsking(true)}>
            Take it over
          </Button>
        </div>
      )}
      {isAsking && (
        <Question
          title={`Take “${key}” over?`}
          confirm="Take it over"
          keep="Leave it"
          isReady
          isRunning={binding.isRunning}
          failure={binding.failure?.code === 'CONFLICT' ? undefined : binding.failure}
          onConfirm={() => bind(true)}
          onClose={() => setIsAsking(false)}
        >
          <p>
            The other installation is told of no analysis any more: its webhook is removed. Its own
            settings stay.
          </p>
        </Question>
      )}
    </article>
  );
}

/** Self-service for who lost administrator access: people to ask, and what to write to them. */
function LostAdministrator({ connectionId, organization, onGoTo }: OrganizationRowProps) {
  const [help, setHelp] = useState<OutputOf<'organization.lostAdministrator'>>();
  const asking = useAction();
  const id = `message-${organization.key}`;

  function load(): void {
    asking.run(async () => {
      const organizationKey = organization.key;
      setHelp(await call('organization.lostAdministrator', { connectionId, organizationKey }));
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
          : `These people belong to it: ${help.people.join(', ')}.`}
      </p>
      <CopyText id={id} label="A message to send to an administrator" text={help.message} />
      <div className="row start">
        <Button onClick={() => onGoTo('connections')}>Enter the token of an administrator</Button>
      </div>
    </div>
  );
}
