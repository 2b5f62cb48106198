import type { BitbucketProject } from '@contracts/settings';
import { useState } from 'react';
import { call } from '../../../../shared/bridge/call';
import { FailureNotice } from '../../failure-notice';
import { MergeCheckGuide } from '../../settings/merge-check-guide';
import { SettingsEditor } from '../../settings/settings-editor';
import { useLoaded } from '../../use-loaded';
import { ProjectChooser } from './project-chooser';

/** Settings of the workspace, or of one of Bitbucket's projects. */
export function Settings() {
  const [project, setProject] = useState<BitbucketProject>();
  return (
    <section className="section" aria-labelledby="settings-heading">
      <h2 id="settings-heading">Merge and publishing</h2>
      <p>
        The workspace says what holds for all repositories. A Bitbucket project and a repository may
        say something else, unless a level above has locked it.
      </p>
      <MergeCheckGuide projectKey={project?.key} />
      <ProjectChooser chosen={project} onChoose={setProject} />
      <LevelEditor key={project?.projectUuid ?? 'workspace'} project={project} />
    </section>
  );
}

function LevelEditor({ project }: { readonly project: BitbucketProject | undefined }) {
  const loaded = useLoaded(project?.projectUuid ?? '', () =>
    project
      ? call('settings.project', { projectUuid: project.projectUuid })
      : call('settings.workspace', {}),
  );
  const { value: view, failure, reload, replace } = loaded;
  if (!view) {
    return failure ? (
      <FailureNotice failure={failure} onRetry={reload} />
    ) : (
      <p className="hint">Loading the settings…</p>
    );
  }
  return (
    <>
      <h3>{project ? `Project ${project.name} (${project.key})` : 'The workspace'}</h3>
      <SettingsEditor
        view={view}
        canLock
        save={(change) =>
          project
            ? call('settings.saveProject', {
                ...change,
                projectUuid: project.projectUuid,
                projectName: project.name,
              })
            : call('settings.saveWorkspace', change)
        }
        testBranch={(branch, rules) => call('settings.testBranch', { branch, rules })}
        onSaved={replace}
      />
    </>
  );
}
