import { call } from '../../../../shared/bridge/call';
import { ImpactQuestion } from '../impact-question';
import type { OrganizationProps } from './organization';

interface UnbindOrganizationProps extends OrganizationProps {
  readonly organizationKey: string;
  readonly onClose: () => void;
}

/** Unbinds every repository, then the organization; the connection stays for another one. */
export function UnbindOrganization(props: UnbindOrganizationProps) {
  const { connectionId, organizationKey } = props;
  return (
    <ImpactQuestion
      id="typed-organization"
      title={`Unbind “${organizationKey}”?`}
      confirm="Unbind"
      word={organizationKey}
      look={() => call('organization.previewUnbind', { connectionId })}
      start={async (typedKey) =>
        (await call('organization.unbind', { connectionId, typedKey })).operation
      }
      onStarted={props.onStarted}
      onClose={props.onClose}
      consequences={({ hasWebhook }) => (
        <>
          {hasWebhook && <li>The webhook of the organization is removed.</li>}
          <li>The connection stays, and you can choose another organization then.</li>
          <li>Nothing is deleted on SonarQube Cloud.</li>
        </>
      )}
    />
  );
}
