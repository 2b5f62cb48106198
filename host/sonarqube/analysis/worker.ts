import { parentPort, workerData } from 'node:worker_threads';
import type { AnalysisRequest, AnalysisResult } from '../types';
import { analyse } from './analyse';

/** What the worker says at its end. */
export type WorkerAnswer =
  | { readonly ok: true; readonly result: AnalysisResult }
  | { readonly ok: false; readonly message: string };

async function run(): Promise<WorkerAnswer> {
  try {
    return { ok: true, result: await analyse(workerData as AnalysisRequest) };
  } catch (cause) {
    return { ok: false, message: cause instanceof Error ? cause.message : String(cause) };
  }
}

void run().then((answer) => parentPort?.postMessage(answer));
