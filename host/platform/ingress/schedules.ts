import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { HostClock } from '../../clock';
import type { Traffic } from '../../traffic';
import { PlatformLimits } from '../limits';
import type { Manifest, ScheduledTriggerModule } from '../manifest';
import type { Invoke } from '../supervisor/invoker';
import type { Installation } from '../types';
import { Unverified } from '../unverified';
import { callOf } from './functions';

const ScheduleAnswer = z.object({ statusCode: z.int() });

/** Runs scheduled triggers on the clock until `stop`. No user, no retry; a wrong answer is only noted. */
export function startSchedules(
  invoke: Invoke,
  manifest: Manifest,
  { workspaceUuid }: Installation,
  clock: HostClock,
  traffic: Traffic,
): { stop(): void } {
  const cancels = new Map<string, () => void>();

  function plan(module: ScheduledTriggerModule, delayMs: number): void {
    const cancel = clock.schedule(delayMs, async () => {
      plan(module, PlatformLimits.scheduleIntervalMs[module.interval]);
      await run(module);
    });
    cancels.set(module.key, cancel);
  }

  async function run({ key, function: functionKey }: ScheduledTriggerModule): Promise<void> {
    const body = {
      context: Unverified.scheduleContext(workspaceUuid, key),
      contextToken: randomBytes(12).toString('base64url'),
    };
    const call = callOf(manifest, { type: 'scheduledTrigger', key, functionKey }, body);
    const outcome = await invoke(call);
    if (outcome.kind === 'success' && !ScheduleAnswer.safeParse(outcome.body).success) {
      const text = `The scheduled trigger "${key}" answered in a wrong form (424): it must answer { statusCode }.`;
      traffic.record({ log: { invocationId: '', level: 'warn', text } });
    }
  }

  for (const module of manifest.scheduledTriggers) plan(module, Unverified.firstScheduledRunMs);
  return {
    stop() {
      for (const cancel of cancels.values()) cancel();
    },
  };
}
