import type { GateStatus, QualityGate } from '../../domain/quality-gate';
import type { ProjectStatus } from './schema';

const knownStatuses: readonly GateStatus[] = ['OK', 'WARN', 'ERROR', 'NONE'];

/** The gate in our words; a status that is not known yet is never read as passed. */
export function toQualityGate({ projectStatus }: ProjectStatus): QualityGate {
  const { status, conditions = [], ignoredConditions = false } = projectStatus;
  return {
    status: knownStatuses.find((known) => known === status) ?? 'UNKNOWN',
    conditions: conditions.map((condition) => ({
      metricKey: condition.metricKey,
      comparator: condition.comparator ?? '',
      status: condition.status,
      ...(condition.errorThreshold !== undefined && { threshold: condition.errorThreshold }),
      ...(condition.actualValue !== undefined && { actual: condition.actualValue }),
    })),
    ignoredConditions,
  };
}
