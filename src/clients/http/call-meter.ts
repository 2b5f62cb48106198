import type { CallMeter } from '../../domain/ports/call-budget';
import type { HttpResponse } from './response';

/** Counts answers, and remembers the limit that they name (bitbucket.md 7). */
export function createCallMeter(): CallMeter & {
  readonly onAnswer: (headers: HttpResponse['headers'] | undefined) => void;
} {
  let calls = 0;
  let limit: number | undefined;
  return {
    count: () => calls,
    limit: () => limit,
    onAnswer(headers) {
      calls += 1;
      const named = Number(headers?.get('x-ratelimit-limit') ?? Number.NaN);
      if (Number.isInteger(named) && named > 0) limit = named;
    },
  };
}
