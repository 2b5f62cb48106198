import type { Credential } from '../domain/call-budget';
import type { CallMeter } from '../domain/ports/call-budget';
import type { CallBudget, Demand } from './call-budget';

export interface ChargeCallsOptions {
  readonly budget: Pick<CallBudget, 'charge'>;
  readonly meter: CallMeter;
}

/**
 * Does the work and takes the calls that it made out of the budgets of their credentials, also when it fails. What was
 * admitted beforehand is not taken a second time.
 */
export type ChargeCalls = <T>(work: () => Promise<T>, admitted?: readonly Demand[]) => Promise<T>;

export function createChargeCalls({ budget, meter }: ChargeCallsOptions): ChargeCalls {
  return async (work, admitted = []) => {
    const before = meter.counts();
    try {
      return await work();
    } finally {
      const made = [...meter.counts()]
        .map(([credential, count]) => ({
          credential,
          calls: count - (before.get(credential) ?? 0),
        }))
        // What called nobody costs no read of a record.
        .filter(({ calls }) => calls > 0);
      await Promise.all(
        made.map(({ credential, calls }) =>
          budget.charge(credential, calls - countAdmitted(admitted, credential)),
        ),
      );
    }
  };
}

function countAdmitted(admitted: readonly Demand[], wanted: Credential): number {
  return admitted
    .filter(({ credential }) => credential === wanted)
    .reduce((sum, { calls }) => sum + calls, 0);
}
