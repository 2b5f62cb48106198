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
      const charges = [...meter.counts()].map(([credential, count]) =>
        budget.charge(
          credential,
          count - (before.get(credential) ?? 0) - countAdmitted(admitted, credential),
        ),
      );
      await Promise.all(charges);
    }
  };
}

function countAdmitted(admitted: readonly Demand[], wanted: Credential): number {
  return admitted
    .filter(({ credential }) => credential === wanted)
    .reduce((sum, { calls }) => sum + calls, 0);
}
