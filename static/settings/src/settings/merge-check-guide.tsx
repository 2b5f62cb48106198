import type { OutputOf } from '@contracts/procedures';
import { useContext } from 'react';
import { ExternalLink } from '../../../shared/components/external-link';
import { FormatsContext } from '../formats-context';
import { PlaceContext } from '../place-context';

type Seen = OutputOf<'repository.settings'>['mergeCheckRun'];

/** Fewer may be chance: a push and its check come in either order. */
const pushesToSay = 5;

/** Whether Bitbucket runs the merge check of a repository, as far as its runs tell. */
export function MergeCheckSeen({ at, missed }: Seen) {
  const formats = useContext(FormatsContext);
  const pushes = `${formats.count(missed)} ${missed === 1 ? 'push' : 'pushes'} to pull requests`;
  if (at === undefined) {
    return (
      <p>
        Bitbucket has not run the merge check of this repository yet
        {missed > 0 && `, although ${pushes} came`}. It runs on a push and on a merge once it is
        switched on.
      </p>
    );
  }
  return (
    <p>
      Bitbucket last ran the merge check of this repository on {formats.dateTime(at)}.
      {missed >= pushesToSay && ` ${pushes} came since without it: it may have been switched off.`}
    </p>
  );
}

interface MergeCheckGuideProps {
  /** Key of the Bitbucket project whose settings are shown. */
  readonly projectKey?: string | undefined;
}

/** How the merge check is switched on; no call of Bitbucket can do it or say whether it is (forge.md 2.2). */
export function MergeCheckGuide({ projectKey }: MergeCheckGuideProps) {
  const { workspaceUrl, repositoryUrl } = useContext(PlaceContext);
  return (
    <details>
      <summary>How to switch the merge check on</summary>
      <ol>
        <li>
          A workspace administrator switches on <strong>Custom merge checks</strong> under Workspace
          settings, Workflow.{' '}
          {workspaceUrl !== undefined && (
            <SettingsLink href={`${workspaceUrl}/workspace/settings`}>
              Settings of the workspace
            </SettingsLink>
          )}
        </li>
        <li>
          An administrator of the workspace, the project or the repository adds the check{' '}
          <strong>Quality gate</strong> under Custom merge checks of that level and gives the
          pattern of target branches. Added at several levels, it runs once for each.{' '}
          {workspaceUrl !== undefined && projectKey !== undefined && (
            <SettingsLink
              href={`${workspaceUrl}/projects/${encodeURIComponent(projectKey)}/settings`}
            >
              Settings of the project
            </SettingsLink>
          )}{' '}
          {repositoryUrl !== undefined && (
            <SettingsLink href={`${repositoryUrl}/admin`}>Settings of the repository</SettingsLink>
          )}
        </li>
        <li>
          They mark it <strong>Required</strong>. Only the Premium plan stops merges for it; with
          Free and Standard it is shown as a recommendation.
        </li>
      </ol>
      <p>
        Without Premium, switch the build status on above and let Bitbucket&apos;s own check for
        passed builds warn people. Bitbucket does not tell an app where its check is switched on;
        that it ran is shown on the settings page of each repository.
      </p>
    </details>
  );
}

function SettingsLink({ href, children }: { readonly href: string; readonly children: string }) {
  return (
    <ExternalLink href={href} hint="opens in a new tab">
      {children}
    </ExternalLink>
  );
}
