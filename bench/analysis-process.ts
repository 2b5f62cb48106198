import { createAnalyser } from '../host/sonarqube/analysis/analyser';
import type { AnalysisRequest } from '../host/sonarqube/types';
import { parseOnly } from './parse-only';

/** A process of its own for one measurement: `node analysis-process.cjs analysis|floor '{"request":…,"workerFile":…}'`. */
interface ProcessInput {
  readonly request: AnalysisRequest;
  readonly workerFile: string;
}

/** What it prints, as JSON. */
export interface ProcessReport {
  readonly files: number;
  /** Largest resident memory of this process, its worker included; the git commands that it runs are not. */
  readonly peakMegabytes: number;
}

const kilobytesPerMegabyte = 1024;

async function countFiles(mode: string, { request, workerFile }: ProcessInput): Promise<number> {
  if (mode === 'floor') return parseOnly(request);
  const analyse = createAnalyser({ workerFile, timeoutMs: 120_000, memoryMb: 640 });
  const { filesAnalysed, filesNotAnalysed } = await analyse(request);
  if (filesNotAnalysed.length > 0) throw new Error('A file of the sample was not analysed.');
  return filesAnalysed;
}

async function main(): Promise<void> {
  const [mode = '', input = '{}'] = process.argv.slice(2);
  const files = await countFiles(mode, JSON.parse(input) as ProcessInput);
  const peakMegabytes = process.resourceUsage().maxRSS / kilobytesPerMegabyte;
  console.log(JSON.stringify({ files, peakMegabytes } satisfies ProcessReport));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
