/** How the merge check is switched on; no call of Bitbucket can do it or say whether it is (forge.md 2.2). */
export function MergeCheckGuide() {
  return (
    <details>
      <summary>How to switch the merge check on</summary>
      <ol>
        <li>
          A workspace administrator switches on <strong>Custom merge checks</strong> under Workspace
          settings, Workflow.
        </li>
        <li>
          An administrator of the workspace, the project or the repository adds the check{' '}
          <strong>Quality gate</strong> under Merge checks of that level and gives the pattern of
          target branches. Added at several levels, it runs once for each.
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
