import type { healthProcedures } from '../contracts/health';
import type { OperationKind } from '../contracts/operations';
import { toOperationView } from '../domain/operation';
import type { FindingStore } from '../domain/ports/stores';
import type { CountStored } from '../usecases/health/count-stored';
import type { ListRepositories } from '../usecases/health/list-repositories';
import type { ViewLimits } from '../usecases/health/view-limits';
import type { Repair } from '../usecases/health/repair';
import type { ChangeOperation } from '../usecases/operations/change-operation';
import type { Implementations } from './procedure-resolver';

export interface HealthProceduresOptions {
  readonly findings: FindingStore;
  readonly repair: Repair;
  readonly changeOperation: ChangeOperation;
  readonly countStored: CountStored;
  readonly listRepositories: ListRepositories;
  readonly viewLimits: ViewLimits;
}

const findingsPerPage = 50;

/** The procedures about findings. */
export function createHealthProcedures(
  options: HealthProceduresOptions,
): Implementations<keyof typeof healthProcedures> {
  const { findings, repair, changeOperation } = options;

  /** Starts long work about the whole workspace; a second start changes nothing, and nothing is recorded of it. */
  async function start(kind: OperationKind, name: string, startedBy: string) {
    const started = await changeOperation.start({ kind, name: 'the workspace', startedBy });
    const { before, after } = started;
    const subject = { kind: 'operation', id: after.operationId, name } as const;
    return {
      output: { operation: toOperationView(after) },
      change:
        before?.sequence === after.sequence
          ? undefined
          : { subject, changes: [{ field: 'state', after: 'running' }] },
    };
  }

  return {
    async 'health.list'({ cursor }) {
      const { items, nextCursor } = await findings.list({ limit: findingsPerPage, cursor });
      return { findings: [...items], ...(nextCursor !== undefined && { nextCursor }) };
    },
    async 'health.repair'({ findingId }, { workspaceUuid }) {
      const { finding, isRepaired, message } = await repair({ findingId, workspaceUuid });
      const { subject, code, repair: offered = '' } = finding;
      const changes = [{ field: code, before: 'found', after: offered }];
      return {
        output: { isRepaired, message },
        change: isRepaired ? { subject, changes } : undefined,
      };
    },
    async 'health.repositories'({ cursor }, { workspaceUuid }) {
      const { items, nextCursor } = await options.listRepositories({ workspaceUuid, cursor });
      return { repositories: [...items], ...(nextCursor !== undefined && { nextCursor }) };
    },
    'health.limits': async () => ({ limits: [...(await options.viewLimits())] }),
    'health.stored': async () => ({ counts: [...(await options.countStored())] }),
    'health.sweep': (_, { accountId }) => start('sweep', 'clean-up', accountId),
    'health.reconcile': (_, { accountId }) => start('reconcile', 'comparison', accountId),
    'health.takeOver': (_, { accountId }) => start('takeOver', 'take-over', accountId),
  };
}
