import type { HostClock } from '../../clock';
import type { Traffic } from '../../traffic';
import { PlatformLimits } from '../limits';
import type { Manifest, TriggerModule } from '../manifest';
import type { FunctionOutcome, Invoke } from '../supervisor/invoker';
import type { ProductEvent } from '../types';
import { Unverified } from '../unverified';
import { askedRetry } from './consumers';
import { parseFilter } from './event-filter';
import { callOf } from './functions';

interface RetryContext {
  readonly retryCount: number;
  readonly retryReason?: string;
  readonly retryData?: unknown;
}

export interface TriggerIngress {
  /** Delivers an event to every trigger subscribed to it; resolves after the first attempt at each. */
  deliver(event: ProductEvent): Promise<void>;
  /** Drops the retries that are still to come. */
  stop(): void;
}

/** Product and life cycle events. No user acts in them. Retries that the app or the platform wants run on the clock. */
export function createTriggerIngress(
  invoke: Invoke,
  manifest: Manifest,
  clock: HostClock,
  traffic: Traffic,
): TriggerIngress {
  const retries = new Set<() => void>();
  const triggers = manifest.triggers.map((module) => ({ module, accepts: acceptsOf(module) }));

  function log(text: string): void {
    traffic.record({ log: { invocationId: '', level: 'warn', text } });
  }

  function acceptsOf(module: TriggerModule): (event: ProductEvent) => boolean {
    const { filter } = module;
    const evaluate = filter?.expression === undefined ? undefined : parseFilter(filter.expression);
    return (event) => {
      if (filter?.appIsLicensed === true && !Unverified.isLicensedWithoutRecord) return false;
      if (!evaluate) return true;
      try {
        return evaluate({ event });
      } catch (error) {
        const onError = filter?.onError ?? 'IGNORE_AND_LOG';
        if (onError.endsWith('_AND_LOG')) {
          const reason = error instanceof Error ? error.message : String(error);
          log(`The filter of trigger "${module.key}" failed: ${reason}`);
        }
        return onError.startsWith('RECEIVE');
      }
    };
  }

  async function attempt(
    module: TriggerModule,
    event: ProductEvent,
    retryContext?: RetryContext,
  ): Promise<void> {
    const { key, function: functionKey } = module;
    const body = retryContext === undefined ? event : { ...event, retryContext };
    const outcome = await invoke(callOf(manifest, { type: 'trigger', key, functionKey }, body));
    const retryCount = (retryContext?.retryCount ?? 0) + 1;
    const retry = retryAfter(outcome, retryCount);
    if (!retry) return;
    if (retryCount > PlatformLimits.eventRetries) {
      log(`Trigger "${key}" gave up on ${event.eventType} after ${retryCount - 1} retries.`);
      return;
    }
    const { delayMs, ...rest } = retry;
    const cancel = clock.schedule(delayMs, () => {
      retries.delete(cancel);
      return attempt(module, event, { retryCount, ...rest });
    });
    retries.add(cancel);
  }

  return {
    async deliver(event) {
      const subscribed = triggers.filter(
        ({ module, accepts }) => module.events.includes(event.eventType) && accepts(event),
      );
      await Promise.all(subscribed.map(({ module }) => attempt(module, event)));
    },
    stop() {
      for (const cancel of retries) cancel();
    },
  };
}

/** The app asks by its answer; after a time-out or crash the platform repeats by itself. A thrown error is only logged. */
function retryAfter(outcome: FunctionOutcome, retryCount: number) {
  switch (outcome.kind) {
    case 'success': {
      const asked = askedRetry(outcome.body);
      if (!asked) return undefined;
      const { retryAfterSeconds, ...rest } = asked;
      return { delayMs: retryAfterSeconds * 1_000, ...rest };
    }
    case 'error':
      return undefined;
    case 'timeout':
    case 'crash': {
      const delayMs = Unverified.eventRetryDelayMs * 2 ** (retryCount - 1);
      const retryReason =
        outcome.kind === 'timeout' ? 'FUNCTION_TIME_OUT' : 'FUNCTION_OUT_OF_MEMORY';
      return { delayMs: Math.min(delayMs, PlatformLimits.longestRetryDelayMs), retryReason };
    }
  }
}
