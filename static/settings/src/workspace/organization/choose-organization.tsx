import type { Organization } from '@contracts/organizations';
import type { OutputOf } from '@contracts/procedures';
import { useEffect, useState } from 'react';
import { call } from '../../../../shared/bridge/call';
import { Button } from '../../button';
import { FailureNotice } from '../../failure-notice';
import { useAction } from '../../use-action';
import { Usage } from '../connections/usage';
import { CreateOrganization } from './create-organization';
import { DraftNotice } from './draft-notice';
import type { OrganizationProps } from './organization';
import { OrganizationRow } from './organization-row';

interface Listed {
  readonly organizations: readonly Organization[];
  readonly page: number;
  readonly hasMore: boolean;
}

/** Binds the workspace to an organization that is there, or makes one. */
export function ChooseOrganization(props: OrganizationProps) {
  const { connectionId } = props;
  const [listed, setListed] = useState<Listed>();
  const [kept, setKept] = useState<OutputOf<'organization.draft'>>({});
  const [isCreating, setIsCreating] = useState(false);
  const loading = useAction();
  const forgetting = useAction();

  function load(before: Listed | undefined): void {
    loading.run(async () => {
      const page = (before?.page ?? 0) + 1;
      const found = await call('organization.list', { connectionId, page });
      const organizations = [...(before?.organizations ?? []), ...found.organizations];
      setListed({ organizations, page, hasMore: found.hasMore });
    });
  }
  useEffect(() => {
    load(undefined);
    // Without it the page is as on a first visit.
    call('organization.draft', { connectionId }).then(setKept, () => undefined);
  }, []);

  function forgetDraft(): void {
    forgetting.run(async () => {
      await call('organization.keepDraft', { connectionId });
      setKept({});
    });
  }

  return (
    <>
      <p>
        Choose the organization that analyses the repositories of this workspace. It keeps its
        projects as they are.
      </p>
      <Usage connectionId={connectionId} />
      {kept.draft && !isCreating && (
        <DraftNotice
          draft={kept.draft}
          savedAt={kept.savedAt}
          onContinue={() => setIsCreating(true)}
          onForget={forgetDraft}
        />
      )}
      {forgetting.failure && <FailureNotice failure={forgetting.failure} onRetry={forgetDraft} />}
      {loading.failure && <FailureNotice failure={loading.failure} onRetry={() => load(listed)} />}
      {!listed && !loading.failure && <p className="hint">Loading…</p>}
      {listed?.organizations.length === 0 && (
        <p>The account of the token belongs to no organization yet.</p>
      )}
      {listed?.organizations.map((organization) => (
        <OrganizationRow key={organization.key} {...props} organization={organization} />
      ))}
      <div className="row start">
        {listed?.hasMore && (
          <Button isRunning={loading.isRunning} onClick={() => load(listed)}>
            Show more
          </Button>
        )}
        {listed && !isCreating && (
          <Button onClick={() => setIsCreating(true)}>Create an organization</Button>
        )}
      </div>
      {isCreating && (
        <CreateOrganization
          connectionId={connectionId}
          draft={kept.draft?.kind === 'create' ? kept.draft : undefined}
          onCreated={(key) => {
            setIsCreating(false);
            forgetDraft();
            props.onDone(`"${key}" is created. Bind it now.`);
            load(undefined);
          }}
          onClose={(draft) => {
            setIsCreating(false);
            if (draft) setKept({ draft });
          }}
          onEnterToken={() => props.onGoTo('connections')}
        />
      )}
    </>
  );
}
