import { call } from '../../../shared/bridge/call';
import { FailureNotice } from '../failure-notice';
import { MergeCheckGuide, MergeCheckSeen } from '../settings/merge-check-guide';
import { SettingsEditor } from '../settings/settings-editor';
import { useLoaded } from '../use-loaded';

interface SettingsProps {
  readonly repositoryUuid: string;
  /** Said when something was saved, so that the list of changes is read anew. */
  readonly onSaved: (sentence: string) => void;
}

/** Merge check, publishing and branch rules of the repository, and whether Bitbucket ever ran the check. */
export function Settings({ repositoryUuid, onSaved }: SettingsProps) {
  const {
    value: view,
    failure,
    reload,
    replace,
  } = useLoaded(repositoryUuid, () => call('repository.settings', { repositoryUuid }));
  return (
    <section className="section" aria-labelledby="settings-heading">
      <h2 id="settings-heading">Merge and publishing</h2>
      {!view && failure && <FailureNotice failure={failure} onRetry={reload} />}
      {!view && !failure && <p className="hint">Loading the settings…</p>}
      {view && (
        <>
          <MergeCheckSeen {...view.mergeCheckRun} />
          <MergeCheckGuide />
          <SettingsEditor
            view={view}
            canLock={false}
            save={(change) => call('repository.saveSettings', { repositoryUuid, ...change })}
            testBranch={(branch, rules) =>
              call('repository.testBranch', { repositoryUuid, branch, rules })
            }
            onSaved={(saved) => {
              replace({ ...saved, mergeCheckRun: view.mergeCheckRun });
              onSaved('The settings of the repository were saved.');
            }}
          />
        </>
      )}
    </section>
  );
}
