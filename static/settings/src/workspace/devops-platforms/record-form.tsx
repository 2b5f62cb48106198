import type { DevOpsRecord, DevOpsRecordInput } from '@contracts/devops-platforms';
import { useState } from 'react';
import { call } from '../../../../shared/bridge/call';
import { Button } from '../../button';
import { FailureNotice } from '../../failure-notice';
import { SelectField } from '../../shared/select-field';
import { TextField } from '../../text-field';
import { useAction } from '../../use-action';
import { TokenField } from '../connections/token-field';
import { findHost, toServerAddress, toWorkspace } from '../pasted-address';
import { WrongProduct } from '../wrong-product';

interface RecordFormProps {
  readonly connectionId: string;
  /** Absent for a new one. */
  readonly record?: DevOpsRecord;
  readonly onSaved: (sentence: string) => void;
  readonly onClose: () => void;
}

const kinds = [
  ['bitbucket-cloud', 'Bitbucket Cloud'],
  ['bitbucket-data-center', 'Bitbucket Data Center'],
] as const;

/** Makes a record or changes one; a credential that is not entered again is kept by the server. */
export function RecordForm({ connectionId, record, onSaved, onClose }: RecordFormProps) {
  const isCloudRecord = record?.kind === 'bitbucket-cloud';
  const [kind, setKind] = useState<DevOpsRecord['kind']>(record?.kind ?? 'bitbucket-cloud');
  const [key, setKey] = useState(record?.key ?? '');
  const [workspace, setWorkspace] = useState(isCloudRecord ? record.workspace : '');
  const [clientId, setClientId] = useState(isCloudRecord ? record.clientId : '');
  const [url, setUrl] = useState(record && !isCloudRecord ? record.url : '');
  const [secret, setSecret] = useState('');
  const saving = useAction();
  const id = record?.key ?? 'new';
  const isMoved = record?.kind === 'bitbucket-data-center' && record.url !== url;

  function toInput(): DevOpsRecordInput {
    return kind === 'bitbucket-cloud'
      ? { kind, key, workspace, clientId, ...(secret !== '' && { clientSecret: secret }) }
      : { kind, key, url, ...(secret !== '' && { personalAccessToken: secret }) };
  }

  function onSave(): void {
    saving.run(async () => {
      if (record) {
        await call('devOpsPlatform.update', { connectionId, key: record.key, record: toInput() });
      } else {
        await call('devOpsPlatform.create', { connectionId, record: toInput() });
      }
      setSecret('');
      onSaved(`"${key}" is saved on the server.`);
    });
  }

  const keep = isMoved
    ? 'The address was changed, so the token is needed again.'
    : record
      ? 'Leave it empty to keep the one that the server has.'
      : 'A value that is encrypted for the server, {aes-gcm}…, is passed on as it is.';
  return (
    <form
      className="card"
      aria-label={record ? `Edit ${record.key}` : 'Add a record'}
      onSubmit={(event) => event.preventDefault()}
    >
      {!record && (
        <SelectField
          id="record-kind"
          label="Which Bitbucket?"
          value={kind}
          options={kinds}
          onSelect={setKind}
        />
      )}
      <TextField
        id={`record-key-${id}`}
        label="Configuration name"
        hint="At most 200 characters; projects refer to it."
        value={key}
        onInput={setKey}
      />
      {kind === 'bitbucket-cloud' ? (
        <>
          <TextField
            id={`record-workspace-${id}`}
            label="Workspace ID"
            hint="The part of the address after bitbucket.org/."
            value={workspace}
            onInput={(typed) => setWorkspace(toWorkspace(typed))}
          />
          {findHost(workspace) !== undefined && (
            <WrongProduct
              sentence="This is no address of bitbucket.org. Bitbucket Data Center has records of its own kind."
              action="Make it one of Bitbucket Data Center"
              onSwitch={() => {
                setKind('bitbucket-data-center');
                setUrl(toServerAddress(workspace));
                setWorkspace('');
              }}
            />
          )}
          <TextField
            id={`record-client-${id}`}
            label="OAuth key"
            hint="Of a private consumer of the workspace that may read pull requests."
            value={clientId}
            onInput={setClientId}
          />
        </>
      ) : (
        <TextField
          id={`record-url-${id}`}
          label="Address of Bitbucket Data Center"
          value={url}
          onInput={setUrl}
        />
      )}
      <TokenField
        id={`record-secret-${id}`}
        label={kind === 'bitbucket-cloud' ? 'OAuth secret' : 'Personal access token'}
        value={secret}
        hint={keep}
        onInput={setSecret}
      />
      {saving.failure && <FailureNotice failure={saving.failure} />}
      <div className="row start">
        <Button look="primary" isRunning={saving.isRunning} onClick={onSave}>
          Save on the server
        </Button>
        <Button onClick={onClose}>Close</Button>
      </div>
    </form>
  );
}
