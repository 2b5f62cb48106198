/** What each operation may cost at most (design.md section 8); the tests assert counts and bytes, times are only printed. */
export const Budgets = {
  /** Of one view, whether its verdict is fresh or stale; a stale one may write in order to ask for the re-read. */
  view: {
    invocations: 1,
    storageReads: 2,
    freshStorageWrites: 0,
    bitbucketCalls: 1,
    serverCalls: 0,
  },
  /** Of the one re-read of a stale verdict that has not changed, however many people look at it. */
  reread: { invocations: 1, serverCalls: 1 },
  firstRead: {
    serverCalls: 6,
    bitbucketWrites: (annotations: number) => 2 + Math.ceil(annotations / 100),
  },
  nothingChanged: { bitbucketWrites: 0 },
  /** At the merge, the stored verdict being the one of the server: the pull request and the gate are asked. */
  mergeCheck: { invocations: 1, serverCalls: 1 },
  /** The first screen of the workspace page, however many repositories are bound (issue 3). */
  workspace: { invocations: 3, storageReads: 5, serverCalls: 0 },
  /** Calls for an import, planning included. */
  bulk: (pages: number, writes: number) => Math.floor(1.05 * (pages + writes)),
  /** Bytes after gzip. */
  page: { script: 12_000, style: 4_000 },
  settingsPage: { script: 75_000, style: 6_000 },
  verdict: { ownMs: 1_500 },
  analysis: { seconds: 5, peakMegabytes: 700 },
} as const;
