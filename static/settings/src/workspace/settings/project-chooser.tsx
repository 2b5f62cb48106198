import type { BitbucketProject } from '@contracts/settings';
import { useState } from 'react';
import { call } from '../../../../shared/bridge/call';
import { Button } from '../../button';
import { FailureNotice } from '../../failure-notice';
import { SelectField } from '../../shared/select-field';
import { useAction } from '../../use-action';

interface ProjectChooserProps {
  readonly chosen: BitbucketProject | undefined;
  readonly onChoose: (project: BitbucketProject | undefined) => void;
}

interface Listed {
  readonly projects: readonly BitbucketProject[];
  readonly page: number;
  readonly hasMore: boolean;
}

/** Whose settings are shown. The projects are read when somebody asks for them. */
export function ProjectChooser({ chosen, onChoose }: ProjectChooserProps) {
  const [listed, setListed] = useState<Listed>();
  const loading = useAction();

  function load(): void {
    loading.run(async () => {
      const page = (listed?.page ?? 0) + 1;
      const { projects, hasMore } = await call('settings.projects', { page });
      setListed({ projects: [...(listed?.projects ?? []), ...projects], page, hasMore });
    });
  }

  const projects = listed?.projects ?? [];
  return (
    <>
      {listed && (
        <SelectField
          id="settings-level"
          label="Settings of"
          value={chosen?.projectUuid ?? ''}
          options={[
            ['', 'The workspace'],
            ...projects.map(
              ({ projectUuid, name, key }) => [projectUuid, `Project ${name} (${key})`] as const,
            ),
          ]}
          onSelect={(uuid) => onChoose(projects.find(({ projectUuid }) => projectUuid === uuid))}
        />
      )}
      {loading.failure && <FailureNotice failure={loading.failure} onRetry={load} />}
      {(!listed || listed.hasMore) && (
        <div className="row start">
          <Button isRunning={loading.isRunning} onClick={load}>
            {listed ? 'Load more projects' : 'Settings of a Bitbucket project…'}
          </Button>
        </div>
      )}
      {listed && projects.length === 0 && <p>This workspace has no projects.</p>}
    </>
  );
}
