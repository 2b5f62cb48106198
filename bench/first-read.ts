import type { Host } from '../host/host';
import type { Analyse } from '../host/sonarqube/types';
import { countRuns, type CallCounts } from './call-counts';

/** An analysis that ends only when it is let go, so that what follows it can be counted by itself. */
export function holdBack(analyse: Analyse): { readonly analyse: Analyse; letGo(): void } {
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  return {
    async analyse(request) {
      await held;
      return analyse(request);
    },
    letGo: () => letGo(),
  };
}

export interface FirstRead {
  /** From the webhook to the stored verdict. */
  readonly first: CallCounts;
  /** The second delivery of the same message: nothing has changed. */
  readonly again: CallCounts;
}

/**
 * Ends the analysis of a pull request that nobody has looked at, and lets the queue deliver the message of it twice.
 * @throws Error when something else ran.
 */
export async function countFirstRead(host: Host, letGo: () => void): Promise<FirstRead> {
  // The analysis is held back, so the host is not at rest before it is let go.
  host.platform.queue.deliverNext(2);
  host.traffic.clear();
  letGo();
  await host.settle();
  const [webhook, first, second, ...others] = host.traffic.invocations;
  const keys = [webhook, first, second].map((run) => run?.functionKey).join();
  if (!webhook || !first || !second || others.length > 0) {
    throw new Error(`Three functions should have run: ${keys}.`);
  }
  return {
    first: countRuns(host.traffic, [webhook, first]),
    again: countRuns(host.traffic, [second]),
  };
}
