/** Every scope of the manifest in words for the person who installs the app. */
export const scopeTexts = [
  {
    scope: 'read:project:bitbucket',
    reason: 'List the projects of Bitbucket, to give all repositories of one the same settings.',
  },
  {
    scope: 'read:pullrequest:bitbucket',
    reason: 'Read pull requests, to know their newest commit and that a person may see them.',
  },
  {
    scope: 'read:repository:bitbucket',
    reason:
      'Read repositories and commits, to list what can be imported, match an analysis with a commit and prove who administers a repository; write reports, annotations and build statuses on commits.',
  },
  {
    scope: 'read:workspace:bitbucket',
    reason:
      'Read the membership of the person who calls, to let only owners change these settings.',
  },
  {
    scope: 'storage:app',
    reason: 'Keep connections, bindings and verdicts; tokens are kept encrypted and apart.',
  },
] as const;
