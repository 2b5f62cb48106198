import { useEffect, useRef, useState } from 'react';
import { call } from '../../../../shared/bridge/call';
import { Button } from '../../button';
import { FailureNotice } from '../../failure-notice';
import { TextField } from '../../text-field';
import { useAction } from '../../use-action';
import type { Draft } from './draft-notice';
import { LostAdministrator } from './lost-administrator';
import { useKeyCheck } from './use-key-check';

interface CreateOrganizationProps {
  readonly connectionId: string;
  /** What was entered on an earlier visit. */
  readonly draft: Draft | undefined;
  readonly onCreated: (key: string) => void;
  /** With what was entered, which is kept for seven days. */
  readonly onClose: (draft: Draft | undefined) => void;
  readonly onEnterToken: () => void;
}

/** Makes an organization: name and key are suggested, and the key is checked while it is typed. */
export function CreateOrganization(props: CreateOrganizationProps) {
  const { connectionId, draft, onCreated, onClose } = props;
  const [name, setName] = useState(draft?.name ?? '');
  const [key, setKey] = useState(draft?.organizationKey ?? '');
  const [description, setDescription] = useState(draft?.description ?? '');
  const [avatar, setAvatar] = useState(draft?.avatar ?? '');
  const [url, setUrl] = useState(draft?.url ?? '');
  const kept = useRef(draft);
  const suggesting = useAction();
  const creating = useAction();
  const check = useKeyCheck(connectionId, key.trim());

  useEffect(() => {
    suggesting.run(async () => {
      const suggested = await call('organization.suggest', { connectionId });
      setName((typed) => typed || suggested.name);
      setKey((typed) => typed || suggested.key);
    });
  }, []);

  const entered = {
    organizationKey: key.trim(),
    name,
    ...(description !== '' && { description }),
    ...(avatar !== '' && { avatar }),
    ...(url !== '' && { url }),
  };

  function onCreate(): void {
    creating.run(async () => {
      await call('organization.create', { connectionId, ...entered });
      onCreated(key.trim());
    });
  }

  /** A draft that could not be kept is tried again with the next field. */
  function keep(): void {
    const now: Draft = { kind: 'create', ...entered };
    if (now.organizationKey === '' || JSON.stringify(now) === JSON.stringify(kept.current)) return;
    kept.current = now;
    call('organization.keepDraft', { connectionId, draft: now }).catch(() => {
      kept.current = undefined;
    });
  }

  const isReady = name.trim() !== '' && check.answer?.isFree === true;
  return (
    <form
      className="card"
      aria-label="Create an organization"
      onSubmit={(event) => event.preventDefault()}
    >
      <TextField
        id="organization-name"
        label="Name"
        value={name}
        onInput={setName}
        onLeave={keep}
      />
      <TextField
        id="organization-key"
        label="Key"
        hint={
          check.answer?.isFree ? check.answer.message : 'Lowercase letters, digits and hyphens.'
        }
        problem={check.answer && !check.answer.isFree ? check.answer.message : undefined}
        value={key}
        onInput={setKey}
        onLeave={keep}
      />
      <p role="status" className="hint">
        {check.isRunning ? 'Checking the key…' : ''}
      </p>
      {check.answer?.isTaken && (
        <LostAdministrator
          key={key.trim()}
          connectionId={connectionId}
          organizationKey={key.trim()}
          onEnterToken={props.onEnterToken}
        />
      )}
      <TextField
        id="organization-description"
        label="Description (optional)"
        hint="At most 256 characters."
        value={description}
        onInput={setDescription}
        onLeave={keep}
      />
      <TextField
        id="organization-avatar"
        label="Address of an avatar (optional)"
        value={avatar}
        onInput={setAvatar}
        onLeave={keep}
      />
      <TextField
        id="organization-url"
        label="Address of a home page (optional)"
        value={url}
        onInput={setUrl}
        onLeave={keep}
      />
      {check.failure && <FailureNotice failure={check.failure} />}
      {creating.failure && <FailureNotice failure={creating.failure} />}
      <div className="row start">
        {isReady && (
          <Button look="primary" isRunning={creating.isRunning} onClick={onCreate}>
            Create it
          </Button>
        )}
        <Button onClick={() => onClose(kept.current)}>Close</Button>
      </div>
      {!isReady && <p className="hint">Enter a name and a free key to create it.</p>}
    </form>
  );
}
