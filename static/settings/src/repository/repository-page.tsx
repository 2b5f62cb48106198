import type { RepositoryOverview } from '@contracts/repository';
import { useEffect, useState } from 'react';
import { call } from '../../../shared/bridge/call';
import { FailureNotice } from '../failure-notice';
import { useAction } from '../use-action';
import { BindProject } from './bind-project';
import { BoundProjects } from './bound-projects';
import { Changes } from './changes';
import { Settings } from './settings';
import { Snippet } from './snippet';

/** The settings of one repository. It draws nothing until the first answer, and the skeleton stands. */
export function RepositoryPage({ repositoryUuid }: { readonly repositoryUuid: string }) {
  const [overview, setOverview] = useState<RepositoryOverview>();
  /** What was done last, said to those who do not see it. */
  const [notice, setNotice] = useState('');
  const loading = useAction();

  function load(): void {
    loading.run(async () => setOverview(await call('repository.overview', { repositoryUuid })));
  }
  useEffect(load, [repositoryUuid]);

  function onChanged(changed: RepositoryOverview, sentence: string): void {
    setOverview(changed);
    setNotice(sentence);
  }

  if (!overview) {
    return loading.failure ? <FailureNotice failure={loading.failure} onRetry={load} /> : null;
  }
  return (
    <>
      <p role="status" className={notice === '' ? 'hidden' : 'hint'}>
        {notice}
      </p>
      <BoundProjects repositoryUuid={repositoryUuid} overview={overview} onChanged={onChanged} />
      <BindProject repositoryUuid={repositoryUuid} overview={overview} onChanged={onChanged} />
      <Settings repositoryUuid={repositoryUuid} onSaved={setNotice} />
      <Snippet repositoryUuid={repositoryUuid} overview={overview} />
      {/* Read anew whenever something was changed. */}
      <Changes key={notice} repositoryUuid={repositoryUuid} />
    </>
  );
}
