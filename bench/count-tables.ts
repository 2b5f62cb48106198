import type { Host } from '../host/host';
import { Budgets } from './budgets';
import type { CallCounts } from './call-counts';
import { countFreshView, countStaleViews, findPlace, type StaleViews } from './card-views';
import { countFirstRead } from './first-read';
import { countImport, writesPerProject } from './import-cost';
import { countMergeCheck } from './merge-check-cost';
import { countWorkspaceView } from './workspace-view';
import { countRow, printTable, type BenchRow } from './table';

const viewersAtOnce = 10;
/** As many as one second of the store takes: the clock of the bench stands still while they are imported. */
const imported = 28;

/** Counts the calls of the main flows on a host whose analysis is held back, and prints them; answers what is over budget. */
export async function printCounts(
  host: Host,
  issues: number,
  letGo: () => void,
): Promise<readonly BenchRow[]> {
  const place = findPlace(host);
  const { first, again } = await countFirstRead(host, letGo);
  const fresh = await countFreshView(place);
  const stale = await countStaleViews(place, 1);
  const ten = await countStaleViews(place, viewersAtOnce);
  const merge = await countMergeCheck(place);
  const workspace = await countWorkspaceView(host);
  const bulk = await countImport(host, imported);
  return [
    ...printTable('Card view, verdict fresh', viewRows(fresh, 1)),
    ...printTable('Card view, verdict stale', staleRows(stale, 1)),
    ...printTable(
      `Card view, verdict stale, ${viewersAtOnce} viewers at once`,
      staleRows(ten, viewersAtOnce),
    ),
    ...printTable(`First read: webhook to stored verdict, ${issues} issues`, firstReadRows(first)),
    ...printTable('The same message delivered again, nothing changed', againRows(again)),
    ...printTable('Merge check at the merge, nothing changed', mergeRows(merge)),
    ...printTable('First screen of the workspace page', workspaceRows(workspace)),
    ...printTable(`Import of ${imported} repositories into SonarQube Cloud`, importRows(bulk)),
  ];
}

/** Floor: Bitbucket proves the right of each viewer, and the verdict is read. */
function viewRows(counts: CallCounts, viewers: number): readonly BenchRow[] {
  const budget = Budgets.view;
  return [
    countRow('invocations', counts.invocations, viewers, viewers * budget.invocations),
    countRow('storage reads', counts.storageReads, viewers, viewers * budget.storageReads),
    countRow('storage writes', counts.storageWrites, 0, budget.freshStorageWrites),
    countRow('Bitbucket calls', counts.bitbucketCalls, viewers, viewers * budget.bitbucketCalls),
    countRow('server calls', counts.serverCalls, 0, budget.serverCalls),
  ];
}

/** Floor of the re-read: one function learns what to ask, asks once and notes when. Floor of its request: one write. */
function staleRows({ views, reread }: StaleViews, viewers: number): readonly BenchRow[] {
  const rows = viewRows(views, viewers).map((row) =>
    row.what === 'storage writes' ? countRow(row.what, views.storageWrites, 1) : row,
  );
  return [
    ...rows,
    countRow('re-read: invocations', reread.invocations, 1, Budgets.reread.invocations),
    countRow('re-read: storage reads', reread.storageReads, 1),
    countRow('re-read: storage writes', reread.storageWrites, 1),
    countRow('re-read: Bitbucket calls', reread.bitbucketCalls, 0),
    countRow('re-read: server calls', reread.serverCalls, 1, Budgets.reread.serverCalls),
  ];
}

/** Floor: the web trigger enqueues; gate, issues and hotspots are asked, one record is written, a report and its annotations. */
function firstReadRows(first: CallCounts): readonly BenchRow[] {
  const budget = Budgets.firstRead;
  return [
    countRow('invocations', first.invocations, 2),
    countRow('storage reads', first.storageReads, 2),
    countRow('storage writes', first.storageWrites, 1),
    countRow('Bitbucket calls', first.bitbucketCalls, 1),
    countRow('Bitbucket writes', first.bitbucketWrites, 6, budget.bitbucketWrites(500)),
    countRow('server reads', first.serverCalls, 3, budget.serverCalls),
  ];
}

/** Floor: the gate is asked once more. */
function againRows(again: CallCounts): readonly BenchRow[] {
  return [
    countRow('storage reads', again.storageReads, 1),
    countRow('storage writes', again.storageWrites, 0),
    countRow('Bitbucket calls', again.bitbucketCalls, 0),
    countRow('Bitbucket writes', again.bitbucketWrites, 0, Budgets.nothingChanged.bitbucketWrites),
    countRow('server calls', again.serverCalls, 1),
  ];
}

/** Floor: the head commit and its gate are asked. */
function mergeRows(counts: CallCounts): readonly BenchRow[] {
  const budget = Budgets.mergeCheck;
  return [
    countRow('invocations', counts.invocations, 1, budget.invocations),
    countRow('storage reads', counts.storageReads, 1),
    countRow('storage writes', counts.storageWrites, 0),
    countRow('Bitbucket calls', counts.bitbucketCalls, 1),
    countRow('server calls', counts.serverCalls, 1, budget.serverCalls),
  ];
}

/** Floor: one call of Bitbucket proves the right; connections, bindings and verdicts are looked at. */
function workspaceRows(counts: CallCounts): readonly BenchRow[] {
  const budget = Budgets.workspace;
  return [
    countRow('invocations', counts.invocations, 1, budget.invocations),
    countRow('storage reads', counts.storageReads, 3, budget.storageReads),
    countRow('storage writes', counts.storageWrites, 0, 0),
    countRow('Bitbucket calls', counts.bitbucketCalls, 1),
    countRow('server calls', counts.serverCalls, 0, budget.serverCalls),
  ];
}

/** Floor: pages of the list of Bitbucket, and the writes that the server needs for each project. */
function importRows(counts: CallCounts): readonly BenchRow[] {
  const pages = Math.ceil(imported / 100);
  const writes = writesPerProject * imported;
  const calls = counts.bitbucketCalls + counts.serverCalls;
  return [
    countRow('stretches of work', counts.invocations, 1),
    countRow('storage reads', counts.storageReads, imported),
    countRow('storage writes', counts.storageWrites, imported),
    countRow(
      'calls of Bitbucket and the server',
      calls,
      pages + writes,
      Budgets.bulk(pages, writes),
    ),
  ];
}
