import { useEffect, useState } from 'react';
import { call } from '../../../../shared/bridge/call';
import { Button } from '../../button';
import { FailureNotice } from '../../failure-notice';
import { TextField } from '../../text-field';
import { useAction } from '../../use-action';
import { useKeyCheck } from './use-key-check';

interface CreateOrganizationProps {
  readonly connectionId: string;
  readonly onCreated: (key: string) => void;
  readonly onClose: () => void;
}

/** Makes an organization: name and key are suggested, and the key is checked while it is typed. */
export function CreateOrganization({ connectionId, onCreated, onClose }: CreateOrganizationProps) {
  const [name, setName] = useState('');
  const [key, setKey] = useState('');
  const [description, setDescription] = useState('');
  const [avatar, setAvatar] = useState('');
  const [url, setUrl] = useState('');
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

  function onCreate(): void {
    creating.run(async () => {
      await call('organization.create', {
        connectionId,
        organizationKey: key.trim(),
        name,
        ...(description !== '' && { description }),
        ...(avatar !== '' && { avatar }),
        ...(url !== '' && { url }),
      });
      onCreated(key.trim());
    });
  }

  const isReady = name.trim() !== '' && check.answer?.isFree === true;
  return (
    <form
      className="card"
      aria-label="Create an organization"
      onSubmit={(event) => event.preventDefault()}
    >
      <TextField id="organization-name" label="Name" value={name} onInput={setName} />
      <TextField
        id="organization-key"
        label="Key"
        hint={
          check.answer?.isFree ? check.answer.message : 'Lowercase letters, digits and hyphens.'
        }
        problem={check.answer && !check.answer.isFree ? check.answer.message : undefined}
        value={key}
        onInput={setKey}
      />
      <p role="status" className="hint">
        {check.isRunning ? 'Checking the key…' : ''}
      </p>
      <TextField
        id="organization-description"
        label="Description (optional)"
        hint="At most 256 characters."
        value={description}
        onInput={setDescription}
      />
      <TextField
        id="organization-avatar"
        label="Address of an avatar (optional)"
        value={avatar}
        onInput={setAvatar}
      />
      <TextField
        id="organization-url"
        label="Address of a home page (optional)"
        value={url}
        onInput={setUrl}
      />
      {check.failure && <FailureNotice failure={check.failure} />}
      {creating.failure && <FailureNotice failure={creating.failure} />}
      <div className="row start">
        {isReady && (
          <Button look="primary" isRunning={creating.isRunning} onClick={onCreate}>
            Create it
          </Button>
        )}
        <Button onClick={onClose}>Close</Button>
      </div>
      {!isReady && <p className="hint">Enter a name and a free key to create it.</p>}
    </form>
  );
}
