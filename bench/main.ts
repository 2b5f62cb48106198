import { join } from 'node:path';
import { startHost, type Host, type HostOptions } from '../host/host';
import { runWebhookStorm } from '../test/support/app/webhook-storm';
import { createShopRepository } from '../test/support/shop-repository';
import { measureAnalysis } from './analysis-cost';
import { Budgets } from './budgets';
import { findPlace, viewCard, type Place } from './card-views';
import { printCounts } from './count-tables';
import { holdBack } from './first-read';
import { analysisWithIssues } from './given-analysis';
import { measurePageBytes } from './page-bytes';
import { measurePages } from './page-timing';
import { createSamplePullRequest } from './sample-pull-request';
import { countRow, median, printTable, type BenchRow } from './table';

const [projectRoot = '', browserFile = '', option] = process.argv.slice(2);
const kilobyte = 1_000;
const resolverRuns = 7;

/** Starts a host in memory over a small repository with one pull request, and stops it after the work. */
async function withHost<T>(
  options: Pick<HostOptions, 'analyse'>,
  work: (host: Host) => Promise<T>,
): Promise<T> {
  const repository = createShopRepository();
  try {
    const host = await startHost({
      projectRoot,
      repositories: [repository.path],
      stateDirectory: ':memory:',
      port: 0,
      clock: 'manual',
      watch: false,
      ...options,
    });
    try {
      return await work(host);
    } finally {
      await host.stop();
    }
  } finally {
    repository.remove();
  }
}

function printAllCounts(): Promise<readonly BenchRow[]> {
  const issues = 500;
  const held = holdBack(analysisWithIssues(issues));
  return withHost({ analyse: held.analyse }, (host) =>
    printCounts(host, issues, () => held.letGo()),
  );
}

const kilobytes = (bytes: number) => `${(bytes / kilobyte).toFixed(1)} KB`;

function bytesRow(what: string, bytes: number, budget: number, floor?: number): BenchRow {
  return {
    what,
    measured: kilobytes(bytes),
    ...(floor !== undefined && { floor: kilobytes(floor) }),
    budget: `≤ ${kilobytes(budget)}`,
    isOver: bytes > budget,
  };
}

function printBytes(): readonly BenchRow[] {
  const page = measurePageBytes(join(projectRoot, 'static/pull-request/dist'));
  const settings = measurePageBytes(join(projectRoot, 'static/settings/dist'));
  // The floors are those of a page without a framework (about 0.7 KB) on the bridge functions that it needs (1.1 KB).
  return [
    ...printTable('Pull request resource, gzip', [
      bytesRow('script before the verdict', page.script, Budgets.page.script, 1_800),
      bytesRow('style', page.style, Budgets.page.style, 1_000),
      { what: 'script loaded after the verdict', measured: kilobytes(page.later) },
    ]),
    ...printTable('Settings and workspace resource, gzip', [
      bytesRow('script before the first screen', settings.script, Budgets.settingsPage.script),
      bytesRow('style', settings.style, Budgets.settingsPage.style),
    ]),
  ];
}

function printPageTimes(): Promise<readonly BenchRow[]> {
  return withHost({ analyse: analysisWithIssues(8) }, async (host) => {
    await host.settle();
    const place = findPlace(host);
    await viewCard(place);
    await host.settle();
    const [{ slug } = { slug: '' }] = host.bitbucket.repositories();
    const url = `${host.url}/${host.bitbucket.workspace.slug}/${slug}/pull-requests/${place.pullRequestId}`;
    const { alone, besidePanel, floorMs } = await measurePages(browserFile, url);
    return printTable('Card, navigation to verdict: CPU 4x slower, Fast 3G, cold, median of 7', [
      timeRow('card alone, without the resolver', alone.ownMs, floorMs, Budgets.verdict.ownMs),
      timeRow('  its resolver, network included', alone.resolverMs),
      timeRow('  both together', alone.verdictMs, floorMs),
      timeRow('card beside the panel, without the resolver', besidePanel.ownMs, floorMs),
      timeRow('  its resolver, network included', besidePanel.resolverMs),
      timeRow('resolver called without browser and network', await timeResolver(place)),
    ]);
  });
}

async function timeResolver(place: Place): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < resolverRuns; run += 1) {
    const startedAt = performance.now();
    await viewCard(place);
    times.push(performance.now() - startedAt);
  }
  return median(times);
}

function timeRow(what: string, measuredMs: number, floorMs?: number, budgetMs?: number): BenchRow {
  const milliseconds = (value: number) => `${Math.round(value)} ms`;
  return {
    what,
    measured: milliseconds(measuredMs),
    ...(floorMs !== undefined && { floor: milliseconds(floorMs) }),
    ...(budgetMs !== undefined && {
      budget: `≤ ${milliseconds(budgetMs)}`,
      isOver: measuredMs > budgetMs,
    }),
  };
}

async function printAnalysis(): Promise<readonly BenchRow[]> {
  const sample = createSamplePullRequest(projectRoot);
  const builds = {
    processFile: join(projectRoot, '.build/bench/analysis-process.cjs'),
    workerFile: join(projectRoot, '.build/host/analysis-worker.cjs'),
  };
  try {
    const floor = await measureAnalysis('floor', sample, builds);
    const cost = await measureAnalysis('analysis', sample, builds);
    const { seconds, peakMegabytes } = Budgets.analysis;
    return printTable(
      `Analysis of ${sample.files} files with ${sample.lines} lines, a cold process each time, median of 3`,
      [
        {
          what: 'time (floor: git diff and parsing the files once)',
          measured: `${cost.seconds.toFixed(1)} s`,
          floor: `${floor.seconds.toFixed(1)} s`,
          budget: `≤ ${seconds} s`,
          isOver: cost.seconds > seconds,
        },
        {
          what: 'peak memory',
          measured: `${Math.round(cost.peakMegabytes)} MB`,
          floor: `${Math.round(floor.peakMegabytes)} MB`,
          budget: `≤ ${peakMegabytes} MB`,
          isOver: cost.peakMegabytes > peakMegabytes,
        },
      ],
    );
  } finally {
    sample.repository.remove();
  }
}

async function printStorm(): Promise<readonly BenchRow[]> {
  const storm = await runWebhookStorm(10_000);
  const { sent, dropped, repeated, callsMeanwhile, callsToCatchUp, callsForEachChange } = storm;
  return printTable(
    `${sent} webhooks of 40 pull requests, ${dropped} dropped, ${repeated} sent twice, in any order`,
    [
      countRow(
        'server calls until everything is right (floor: each change read once)',
        callsMeanwhile + callsToCatchUp,
        callsForEachChange,
        callsForEachChange,
      ),
      countRow('  of them after the last message', callsToCatchUp, 0),
      countRow('pull requests with a wrong verdict', storm.wrong.length, 0, 0),
      countRow('writes in the next hour, in which nothing changes', storm.writesAfterwards, 0, 0),
    ],
  );
}

const measurements: Readonly<
  Record<string, () => readonly BenchRow[] | Promise<readonly BenchRow[]>>
> = {
  counts: printAllCounts,
  storm: printStorm,
  bytes: printBytes,
  times: printPageTimes,
  analysis: printAnalysis,
};

/** `npm run bench`: prints what the app costs beside the least it could cost. Nothing runs at the same time; `--list` names what there is. */
async function main(): Promise<void> {
  if (option === '--list') {
    console.log(Object.keys(measurements).join('\n'));
    return;
  }
  const over: BenchRow[] = [];
  for (const measure of Object.values(measurements)) over.push(...(await measure()));
  console.log(
    over.length === 0
      ? '\nEverything is within its budget.'
      : `\nOver budget: ${over.map(({ what }) => what).join('; ')}.`,
  );
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
