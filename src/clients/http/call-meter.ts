import { bitbucketCredential, type Credential } from '../../domain/call-budget';
import type { CallMeter } from '../../domain/ports/call-budget';
import type { HttpCall } from './http';
import type { HttpResponse } from './response';

/** Counts answers by whose calls they are, and remembers the limit that Bitbucket names in them (bitbucket.md 7). */
export function createCallMeter(): CallMeter & {
  readonly onAnswer: (
    headers: HttpResponse['headers'] | undefined,
    call: Pick<HttpCall, 'credential'>,
  ) => void;
} {
  const counts = new Map<Credential, number>();
  let limit: number | undefined;
  return {
    count: (credential) => counts.get(credential) ?? 0,
    counts: () => new Map(counts),
    limit: () => limit,
    onAnswer(headers, { credential }) {
      if (credential === undefined) return;
      counts.set(credential, (counts.get(credential) ?? 0) + 1);
      if (credential !== bitbucketCredential) return;
      const named = Number(headers?.get('x-ratelimit-limit') ?? Number.NaN);
      if (Number.isInteger(named) && named > 0) limit = named;
    },
  };
}
