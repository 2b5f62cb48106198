import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ProcessReport } from './analysis-process';
import type { SamplePullRequest } from './sample-pull-request';
import { median } from './table';

const run = promisify(execFile);
const runs = 3;

/** Medians of three cold runs, each in a process of its own. */
export interface AnalysisCost {
  /** From the start of the process to its end. */
  readonly seconds: number;
  readonly peakMegabytes: number;
}

/** Measures the analysis of a pull request, or with `floor` only parsing its files. */
export async function measureAnalysis(
  mode: 'analysis' | 'floor',
  sample: SamplePullRequest,
  builds: { readonly processFile: string; readonly workerFile: string },
): Promise<AnalysisCost> {
  const { repository, headCommit, baseCommit, files } = sample;
  const input = {
    request: { repositoryPath: repository.path, headCommit, baseCommit },
    workerFile: builds.workerFile,
  };
  const seconds: number[] = [];
  const peaks: number[] = [];
  for (let index = 0; index < runs; index += 1) {
    const startedAt = performance.now();
    const args = [builds.processFile, mode, JSON.stringify(input)];
    const { stdout } = await run(process.execPath, args);
    seconds.push((performance.now() - startedAt) / 1000);
    const report = JSON.parse(stdout) as ProcessReport;
    if (report.files !== files) throw new Error(`${report.files} of ${files} files were read.`);
    peaks.push(report.peakMegabytes);
  }
  return { seconds: median(seconds), peakMegabytes: median(peaks) };
}
