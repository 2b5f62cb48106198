import type { OperationView } from '@contracts/operations';
import type { WorkspaceOverview } from '@contracts/workspace';
import { useEffect, useState } from 'react';
import { call } from '../../../shared/bridge/call';
import { Notice } from '../../../shared/components/notice';
import { FailureNotice } from '../failure-notice';
import { Tabs, type Tab } from '../shared/tabs';
import { useAction } from '../use-action';
import { ActingAs } from './acting-as';
import { Audit } from './audit';
import { Connections } from './connections/connections';
import { DevOpsPlatforms } from './devops-platforms/devops-platforms';
import { Health } from './health/health';
import { Import } from './import/import';
import { OperationNotice } from './operation-notice';
import { Organization } from './organization/organization';
import { Overview } from './overview';
import { Settings } from './settings/settings';
import type { TabId, WorkspaceSectionProps } from './section-props';

const tabs: readonly Tab<TabId>[] = [
  { id: 'overview', title: 'Overview' },
  { id: 'connections', title: 'Connections' },
  { id: 'organization', title: 'Organization' },
  { id: 'import', title: 'Import' },
  { id: 'devops', title: 'DevOps platforms' },
  { id: 'settings', title: 'Merge and publishing' },
  { id: 'health', title: 'Health' },
  { id: 'audit', title: 'Audit log' },
];

const sections: Readonly<
  Record<TabId, (props: WorkspaceSectionProps) => ReturnType<typeof Overview>>
> = {
  overview: Overview,
  connections: Connections,
  organization: Organization,
  import: Import,
  devops: DevOpsPlatforms,
  settings: Settings,
  health: Health,
  audit: Audit,
};

/** The settings of the workspace. It draws nothing until the first answer, and the skeleton stands. */
export function WorkspacePage() {
  const [overview, setOverview] = useState<WorkspaceOverview>();
  const [operation, setOperation] = useState<OperationView>();
  const [notice, setNotice] = useState('');
  const [tab, setTab] = useState<TabId>('overview');
  const loading = useAction();

  function load(): void {
    loading.run(async () => {
      const read = await call('workspace.overview', {});
      setOverview(read);
      // One that is shown already is asked about by itself, and listings lag behind.
      setOperation((shown) => shown ?? read.runningOperation);
    });
  }
  useEffect(load, []);

  if (!overview) {
    return loading.failure ? <FailureNotice failure={loading.failure} onRetry={load} /> : null;
  }
  if (overview.role === 'member') {
    return (
      <Notice tone="information" title="Only owners of this workspace can change these settings">
        <p>{overview.howToBecomeOwner}</p>
      </Notice>
    );
  }
  const Section = sections[tab];
  const onDone = (sentence: string) => {
    setNotice(sentence);
    load();
  };
  return (
    <>
      <ActingAs overview={overview} onDone={onDone} onGoTo={setTab} />
      <p role="status" className={notice === '' ? 'hidden' : 'hint'}>
        {notice}
      </p>
      {loading.failure && <FailureNotice failure={loading.failure} onRetry={load} />}
      {operation && (
        <OperationNotice
          key={operation.operationId}
          operation={operation}
          onChanged={(changed) => {
            setOperation(changed);
            if (changed.state !== 'running') load();
          }}
          onClose={() => setOperation(undefined)}
        />
      )}
      <Tabs label="Settings of the workspace" tabs={tabs} chosen={tab} onChoose={setTab}>
        <Section
          // What a finished comparison found is read anew.
          key={tab === 'health' ? `${tab} ${operation?.finishedAt ?? ''}` : tab}
          overview={overview}
          onDone={onDone}
          onStarted={(started) => {
            setOperation(started);
            load();
          }}
          onGoTo={setTab}
        />
      </Tabs>
    </>
  );
}
