import { Worker } from 'node:worker_threads';
import type { Analyse } from '../types';
import type { WorkerAnswer } from './worker';

export interface AnalyserOptions {
  /** The built `analysis/worker.ts`. */
  readonly workerFile: string;
  /** An analysis that takes longer is stopped. */
  readonly timeoutMs: number;
  /** Heap that one analysis may use; above, it is stopped. */
  readonly memoryMb: number;
}

/** Runs each analysis in a worker of its own, so that whatever a repository holds cannot stop or fill the host. */
export function createAnalyser({ workerFile, timeoutMs, memoryMb }: AnalyserOptions): Analyse {
  return (request) =>
    new Promise((resolve, reject) => {
      const worker = new Worker(workerFile, {
        name: 'analysis',
        workerData: request,
        resourceLimits: { maxOldGenerationSizeMb: memoryMb },
      });
      const timer = setTimeout(() => {
        fail(`The analysis took longer than ${timeoutMs / 1000} s and was stopped.`);
      }, timeoutMs);

      function end(): void {
        clearTimeout(timer);
        void worker.terminate();
      }

      function fail(message: string, cause?: unknown): void {
        end();
        reject(new Error(message, { cause }));
      }

      worker.once('message', (answer: WorkerAnswer) => {
        if (!answer.ok) {
          fail(`The analysis failed: ${answer.message}`);
          return;
        }
        end();
        resolve(answer.result);
      });
      worker.on('error', (cause: NodeJS.ErrnoException) => {
        if (cause.code === 'ERR_WORKER_OUT_OF_MEMORY') {
          fail(`The analysis needed more than ${memoryMb} MB of memory and was stopped.`, cause);
        } else fail(`The analysis broke off: ${cause.message}`, cause);
      });
      worker.once('exit', (code) =>
        fail(`The analysis ended without a result (exit code ${code}).`),
      );
    });
}
