import type { ConnectionTest, ConnectionView } from '@contracts/connections';
import { useState } from 'react';
import { call } from '../../../../shared/bridge/call';
import { Button } from '../../button';
import { FailureNotice } from '../../failure-notice';
import { SelectField } from '../../shared/select-field';
import { TextField } from '../../text-field';
import { useAction } from '../../use-action';
import { findHost } from '../pasted-address';
import { WrongProduct } from '../wrong-product';
import { allowHost } from './allow-host';
import { TestResult } from './test-result';
import { TokenField } from './token-field';

type Place = 'cloud-eu' | 'cloud-us' | 'server';

const places: readonly (readonly [Place, string])[] = [
  ['cloud-eu', 'SonarQube Cloud, Europe (sonarcloud.io)'],
  ['cloud-us', 'SonarQube Cloud, United States (sonarqube.us)'],
  ['server', 'SonarQube Server or Community Build'],
];
const cloudUrls = { 'cloud-eu': 'https://sonarcloud.io', 'cloud-us': 'https://sonarqube.us' };

interface ConnectionFormProps {
  /** Absent for a new one. */
  readonly connection?: ConnectionView;
  readonly onSaved: (sentence: string) => void;
  readonly onClose: () => void;
}

function toPlace(connection: ConnectionView | undefined): Place {
  if (connection?.kind === 'sonarqube-server') return 'server';
  return connection?.url === cloudUrls['cloud-us'] ? 'cloud-us' : 'cloud-eu';
}

/** Adds a connection or changes one. A failure keeps everything that was typed; the token is forgotten once it is saved. */
export function ConnectionForm({ connection, onSaved, onClose }: ConnectionFormProps) {
  const [place, setPlace] = useState<Place>(toPlace(connection));
  const [name, setName] = useState(connection?.name ?? '');
  const [url, setUrl] = useState(connection?.kind === 'sonarqube-server' ? connection.url : '');
  const [publicUrl, setPublicUrl] = useState(connection?.publicUrl ?? '');
  const [organizationKey, setOrganizationKey] = useState(connection?.organizationKey ?? '');
  const [writesBindings, setWritesBindings] = useState(connection?.writesBindings !== false);
  const [token, setToken] = useState('');
  const [test, setTest] = useState<ConnectionTest>();
  const testing = useAction();
  const saving = useAction();
  const id = connection?.connectionId ?? 'new';

  const address = place === 'server' ? url : cloudUrls[place];
  const isMoved = connection !== undefined && address.trim().replace(/\/+$/, '') !== connection.url;
  const optional = {
    ...(place === 'server' && publicUrl.trim() !== '' && { publicUrl }),
    ...(place === 'server' && { writesBindings }),
    ...(token !== '' && { token }),
  };
  const added = {
    kind: place === 'server' ? ('sonarqube-server' as const) : ('sonarqube-cloud' as const),
    url: address,
    ...optional,
    ...(place !== 'server' && organizationKey.trim() !== '' && { organizationKey }),
  };
  const allow = () => (place === 'server' ? allowHost(url) : Promise.resolve());

  function onTest(): void {
    testing.run(async () => {
      setTest(undefined);
      await allow();
      const draft = connection ? { ...added, connectionId: connection.connectionId } : added;
      setTest(await call('connection.test', draft));
    });
  }

  function onSave(): void {
    saving.run(async () => {
      await allow();
      if (connection) {
        const { connectionId, sequence } = connection;
        await call('connection.update', {
          connectionId,
          sequence,
          name,
          url: address,
          ...optional,
        });
      } else {
        await call('connection.add', { ...added, name });
      }
      setToken('');
      onSaved(connection ? `"${name.trim()}" is saved.` : `"${name.trim()}" is connected.`);
    });
  }

  const isComplete =
    name.trim() !== '' && address.trim() !== '' && (token !== '' || (connection && !isMoved));
  return (
    <form
      className="card"
      aria-label={connection ? `Edit ${connection.name}` : 'Add a connection'}
      onSubmit={(event) => {
        event.preventDefault();
        if (isComplete) onSave();
      }}
    >
      {!connection && (
        <SelectField
          id={`place-${id}`}
          label="Where is it?"
          value={place}
          options={places}
          onSelect={(chosen) => {
            setPlace(chosen);
            setTest(undefined);
          }}
        />
      )}
      <TextField
        id={`name-of-${id}`}
        label="Name"
        hint="Repositories choose it by this name."
        value={name}
        onInput={setName}
      />
      {place === 'server' && (
        <>
          <TextField
            id={`url-${id}`}
            label="Address"
            hint="The address that you open SonarQube with, such as https://sonar.example.com/sonar. Bitbucket asks you to allow it."
            value={url}
            onInput={setUrl}
          />
          <TextField
            id={`public-url-${id}`}
            label="Public address (optional)"
            hint="Where people open it, when that is another address: links lead there."
            value={publicUrl}
            onInput={setPublicUrl}
          />
          <label>
            <input
              type="checkbox"
              checked={writesBindings}
              onChange={(event) => setWritesBindings(event.currentTarget.checked)}
            />{' '}
            Write bindings on the server too, from Developer Edition on
          </label>
        </>
      )}
      {place !== 'server' && !connection && (
        <>
          <TextField
            id={`organization-${id}`}
            label="Organization key (optional)"
            hint="You can also choose it later, under Organization."
            value={organizationKey}
            onInput={setOrganizationKey}
          />
          {findHost(organizationKey) !== undefined && (
            <WrongProduct
              sentence="This is the address of a server and no organization of SonarQube Cloud."
              action="Connect it as a SonarQube Server"
              onSwitch={() => {
                setPlace('server');
                setUrl(organizationKey.trim());
                setOrganizationKey('');
              }}
            />
          )}
        </>
      )}
      <TokenField
        id={`token-${id}`}
        value={token}
        onInput={setToken}
        hint={
          connection && !isMoved
            ? `Leave it empty to keep the one that ends with ${connection.token?.lastCharacters ?? '…'}.`
            : connection
              ? 'The address was changed, so the token is needed again.'
              : 'A token of a user who may browse the projects; of an administrator, so that the server can tell the app about analyses at once.'
        }
      />
      {test && <TestResult test={test} />}
      {testing.failure && <FailureNotice failure={testing.failure} />}
      {saving.failure && <FailureNotice failure={saving.failure} />}
      <div className="row start">
        <Button isRunning={testing.isRunning} onClick={onTest}>
          Test
        </Button>
        {isComplete && (
          <Button look="primary" isRunning={saving.isRunning} onClick={onSave}>
            Save
          </Button>
        )}
        <Button onClick={onClose}>Close</Button>
      </div>
      {!isComplete && <p className="hint">Fill in name, address and token to save it.</p>}
    </form>
  );
}
