import type { OutputOf } from '@contracts/procedures';
import { useContext, useEffect, useState } from 'react';
import { call } from '../../../../shared/bridge/call';
import { Lozenge } from '../../../../shared/components/lozenge';
import { Notice } from '../../../../shared/components/notice';
import { Button } from '../../button';
import { FailureNotice } from '../../failure-notice';
import { FormatsContext } from '../../formats-context';
import { SelectField } from '../../shared/select-field';
import { useAction } from '../../use-action';
import type { WorkspaceSectionProps } from '../section-props';
import { ChooseOrganization } from './choose-organization';
import { UnbindOrganization } from './unbind-organization';

/** The organization of SonarQube Cloud that the workspace is bound to, for each Cloud connection. */
export function Organization(props: WorkspaceSectionProps) {
  const clouds = props.overview.connections.filter(({ kind }) => kind === 'sonarqube-cloud');
  const [chosen, setChosen] = useState(clouds[0]?.connectionId ?? '');
  const connection = clouds.find(({ connectionId }) => connectionId === chosen);
  return (
    <section className="section" aria-labelledby="organization-heading">
      <h2 id="organization-heading">Organization on SonarQube Cloud</h2>
      {!connection ? (
        <>
          <p>
            No SonarQube Cloud is connected. A SonarQube Server has no organizations: its projects
            are bound in the settings of each repository.
          </p>
          <div className="row start">
            <Button onClick={() => props.onGoTo('connections')}>Go to the connections</Button>
            <Button onClick={() => props.onGoTo('devops')}>Go to the DevOps platforms</Button>
          </div>
        </>
      ) : (
        <>
          {clouds.length > 1 && (
            <SelectField
              id="organization-connection"
              label="Connection"
              value={chosen}
              options={clouds.map(({ connectionId, name }) => [connectionId, name] as const)}
              onSelect={setChosen}
            />
          )}
          <Bound
            key={`${chosen} ${connection.organizationKey ?? ''} ${connection.state}`}
            {...props}
            connectionId={chosen}
          />
        </>
      )}
    </section>
  );
}

export interface OrganizationProps extends WorkspaceSectionProps {
  readonly connectionId: string;
}

function Bound(props: OrganizationProps) {
  const { connectionId } = props;
  const formats = useContext(FormatsContext);
  const [view, setView] = useState<OutputOf<'organization.view'>>();
  const [isUnbinding, setIsUnbinding] = useState(false);
  const loading = useAction();

  function load(): void {
    loading.run(async () => setView(await call('organization.view', { connectionId })));
  }
  useEffect(load, []);

  if (!view) {
    return loading.failure ? (
      <FailureNotice failure={loading.failure} onRetry={load} />
    ) : (
      <p className="hint">Loading…</p>
    );
  }
  const { actsAs, organizationKey, boundAt, boundBy, platform, fixedBecause } = view;
  return (
    <>
      {actsAs !== undefined && (
        <p className="hint">
          On SonarQube Cloud the app acts as {actsAs}, the account of the token. No account there
          has to be linked with Bitbucket.
        </p>
      )}
      {organizationKey === undefined ? (
        <ChooseOrganization {...props} />
      ) : (
        <article className="card" aria-label={organizationKey}>
          <div className="row">
            <h3>{organizationKey}</h3>
            <Lozenge tone="success" word="Bound" icon="check" />
          </div>
          {boundAt !== undefined && (
            <p>
              Bound {formats.dateTime(boundAt)} by account <code>{boundBy}</code>.
            </p>
          )}
          {platform && (
            <p>
              {platform.isThisWorkspace
                ? 'On SonarQube Cloud it belongs to this workspace.'
                : `On SonarQube Cloud it belongs to ${platform.url}.`}
            </p>
          )}
          {fixedBecause !== undefined ? (
            <Notice tone="information">
              <p>{fixedBecause}</p>
            </Notice>
          ) : (
            <div className="row start">
              <Button onClick={() => setIsUnbinding(true)}>Change or unbind</Button>
            </div>
          )}
          {isUnbinding && (
            <UnbindOrganization
              {...props}
              organizationKey={organizationKey}
              onClose={() => setIsUnbinding(false)}
            />
          )}
        </article>
      )}
    </>
  );
}
