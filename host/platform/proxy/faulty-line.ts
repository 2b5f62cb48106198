import type { HostClock } from '../../clock';
import type { Faults, FaultTarget } from '../../faults';
import { abandonment } from './abandoned-call';
import { textOf } from './exchange';
import type { Answer } from './exchange';
import type { Grant } from './grants';

export interface FaultyLineOptions {
  readonly clock: HostClock;
  readonly faults: Faults;
  /** Kills the function of an invocation. */
  readonly crash: (invocationId: string) => Promise<void>;
}

/** Passes a call on unless a fault rule says what goes wrong with it. */
export type FaultyLine = (
  grant: Grant,
  target: FaultTarget,
  call: string,
  pass: () => Promise<Answer> | Answer,
) => Promise<Answer>;

export function createFaultyLine({ clock, faults, crash }: FaultyLineOptions): FaultyLine {
  /** Resolves after this much host time, or false when the invocation ends or gives the call up before. */
  function hold(grant: Grant, ms: number): Promise<boolean> {
    grant.heldCalls += 1;
    return new Promise<boolean>((resolve) => {
      function release(passed: boolean): void {
        grant.onEnd.delete(end);
        gone?.removeEventListener('abort', end);
        cancel();
        resolve(passed);
      }
      const end = () => release(false);
      const gone = abandonment();
      const cancel = ms === Infinity ? () => undefined : clock.schedule(ms, () => release(true));
      grant.onEnd.add(end);
      gone?.addEventListener('abort', end);
    }).finally(() => {
      grant.heldCalls -= 1;
    });
  }

  return async (grant, target, call, pass) => {
    const effect = faults.take(target, call);
    switch (effect?.kind) {
      case undefined:
        return pass();
      case 'answer':
        return {
          status: effect.status,
          headers: { ...effect.headers },
          body: effect.body ?? '',
        };
      case 'delay':
        return (await hold(grant, effect.ms)) ? pass() : 'broken';
      case 'hang':
        await hold(grant, Infinity);
        return 'broken';
      case 'break':
        return 'broken';
      case 'crash':
        if (effect.when === 'after') await pass();
        await crash(grant.invocationId);
        return 'broken';
      case 'truncate': {
        const answer = await pass();
        if (answer === 'broken') return answer;
        return { ...answer, body: textOf(answer.body).slice(0, effect.characters) };
      }
    }
  };
}
