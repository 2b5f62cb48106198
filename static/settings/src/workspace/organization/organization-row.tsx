import type { Organization } from '@contracts/organizations';
import { useState } from 'react';
import { call } from '../../../../shared/bridge/call';
import { Lozenge } from '../../../../shared/components/lozenge';
import { Button } from '../../button';
import { FailureNotice } from '../../failure-notice';
import { Question } from '../../shared/question';
import { useAction } from '../../use-action';
import { LostAdministrator } from './lost-administrator';
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
      {refusal?.code === 'noAdministrator' && (
        <LostAdministrator
          connectionId={connectionId}
          organizationKey={key}
          onEnterToken={() => props.onGoTo('connections')}
        />
      )}
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
