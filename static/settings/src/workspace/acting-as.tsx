import type { WorkspaceOverview } from '@contracts/workspace';
import { useState } from 'react';
import { call } from '../../../shared/bridge/call';
import { Button } from '../button';
import { FailureNotice } from '../failure-notice';
import { useAction } from '../use-action';
import type { WorkspaceSectionProps } from './section-props';

type ActingAsProps = Pick<WorkspaceSectionProps, 'overview' | 'onDone' | 'onGoTo'>;

/** Whose rights are at work on both sides, and what to do when it is somebody else's. */
export function ActingAs(props: ActingAsProps) {
  const [isOpen, setIsOpen] = useState(false);
  const { userName, workspaceName } = props.overview.actingAs;
  return (
    <>
      <p className="row start">
        <span className="hint">
          You act as {userName ?? 'the account that is signed in'}
          {workspaceName !== undefined && ` in the workspace ${workspaceName}`}.{' '}
          {toServerSentences(props.overview)}
        </span>
        <Button look="quiet" isExpanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          Not you?
        </Button>
      </p>
      {isOpen && <StartClean {...props} onClose={() => setIsOpen(false)} />}
    </>
  );
}

function toServerSentences({ connections }: WorkspaceOverview): string {
  return connections
    .flatMap(({ name, actsAs }) =>
      actsAs === undefined ? [] : `On “${name}” the app acts as ${actsAs}.`,
    )
    .join(' ');
}

function StartClean({ onDone, onGoTo, onClose }: ActingAsProps & { readonly onClose: () => void }) {
  const forgetting = useAction();
  const onForget = () =>
    forgetting.run(async () => {
      await call('workspace.forgetDrafts', {});
      onClose();
      onDone('What you had begun is forgotten.');
    });
  return (
    <section className="card" aria-label="Act as somebody else">
      <p>
        On Bitbucket: sign out there and sign in with the other account. Gatehouse keeps no access
        of a person, so there is nothing else to take back.
      </p>
      <p>
        On an analysis server: rotate the token of the connection to one of the other account, or
        delete the connection. Then delete the old token on the server, under My Account, Security.
      </p>
      <p>What you began to enter here, such as a new organization, can be forgotten now.</p>
      {forgetting.failure && <FailureNotice failure={forgetting.failure} onRetry={onForget} />}
      <div className="row start">
        <Button isRunning={forgetting.isRunning} onClick={onForget}>
          Forget what I began
        </Button>
        <Button
          onClick={() => {
            onClose();
            onGoTo('connections');
          }}
        >
          Go to the connections
        </Button>
        <Button onClick={onClose}>Close</Button>
      </div>
    </section>
  );
}
