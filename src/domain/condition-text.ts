import type { Condition } from '../contracts/verdict';
import { describeMetric, ignoredOnSmallChanges, type Metric } from './metrics';
import { toPercentText } from './percent-text';
import type { GateCondition, QualityGate } from './quality-gate';

/** A condition of the gate in words, with the server's own values beside them. The server's status is never recomputed. */
export function toCondition(condition: GateCondition, gate: QualityGate): Condition {
  const { metricKey, comparator, threshold, actual } = condition;
  const metric = describeMetric(metricKey);
  return {
    metricKey,
    label: metric.label,
    comparator,
    requirement: toRequirement(comparator, metric),
    ...(threshold !== undefined && { threshold }),
    thresholdText:
      threshold === undefined ? 'Not given' : toThresholdText(threshold, metric, comparator),
    ...(actual !== undefined && { actual }),
    actualText: actual === undefined ? 'No data' : toActualText(actual, threshold, metric),
    status: toStatus(condition, gate),
  };
}

/** The comparator says when a condition fails; people want to know what must hold. */
function toRequirement(comparator: string, { type }: Metric): string {
  if (type === 'severity' && comparator === 'GT') return 'none of';
  switch (comparator) {
    case 'GT':
      return type === 'rating' ? 'no worse than' : 'at most';
    case 'LT':
      return type === 'rating' ? 'no better than' : 'at least';
    case 'GTE':
      return 'less than';
    case 'LTE':
      return 'more than';
    case 'NE':
      return 'exactly';
    case 'EQ':
      return 'anything but';
    default:
      return comparator;
  }
}

function toStatus(
  { metricKey, status, threshold, actual, comparator }: GateCondition,
  gate: QualityGate,
): Condition['status'] {
  if (status === 'ERROR') return 'failed';
  const isIgnored =
    gate.ignoredConditions &&
    ignoredOnSmallChanges.has(metricKey) &&
    violates(actual, threshold, comparator);
  return isIgnored ? 'notEnforced' : 'passed';
}

/** Only tells a condition that was waved through from one that really holds. */
function violates(
  actual: string | undefined,
  threshold: string | undefined,
  comparator: string,
): boolean {
  if (actual === undefined || threshold === undefined) return false;
  if (comparator === 'GT') return Number(actual) > Number(threshold);
  if (comparator === 'LT') return Number(actual) < Number(threshold);
  return false;
}

const severityLevels = ['Info', 'Low', 'Medium', 'High', 'Blocker'] as const;
/** Severity levels are stored in steps of five, from 5 (lowest) to 25; a threshold is one less (sonarqube.md 8). */
const severityStep = 5;

function toThresholdText(threshold: string, metric: Metric, comparator: string): string {
  switch (metric.type) {
    case 'percent':
      return toPercentText(threshold);
    case 'rating':
      return toRatingText(threshold);
    case 'severity': {
      const level = severityLevels[Math.floor(Number(threshold) / severityStep)];
      if (level === undefined || comparator !== 'GT') return threshold;
      return level === 'Blocker' ? level : `${level} or worse`;
    }
    case 'duration':
      return toDurationText(threshold);
    case 'count':
    case 'raw':
      return threshold;
    default:
      return metric.type satisfies never;
  }
}

/** A value of a metric for people; one of an unknown metric as it came. */
export function toMetricText(value: string, metricKey: string): string {
  return toActualText(value, undefined, describeMetric(metricKey));
}

function toActualText(actual: string, threshold: string | undefined, metric: Metric): string {
  switch (metric.type) {
    case 'percent':
      return toPercentText(actual, threshold);
    case 'rating':
      return toRatingText(actual);
    case 'severity':
      return Number(actual) === 0
        ? 'None'
        : (severityLevels[Number(actual) / severityStep - 1] ?? actual);
    case 'duration':
      return toDurationText(actual);
    case 'count':
    case 'raw':
      return actual;
    default:
      return metric.type satisfies never;
  }
}

/** "1.0" to "5.0" are A to E. */
function toRatingText(value: string): string {
  return ['A', 'B', 'C', 'D', 'E'][Number(value) - 1] ?? value;
}

const minutesPerHour = 60;
/** The server counts working days of eight hours. */
const hoursPerDay = 8;

function toDurationText(value: string): string {
  const minutes = Number(value);
  if (!Number.isInteger(minutes) || minutes < 0) return value;
  const hours = Math.floor(minutes / minutesPerHour);
  const parts = [
    [Math.floor(hours / hoursPerDay), 'd'],
    [hours % hoursPerDay, 'h'],
    [minutes % minutesPerHour, 'min'],
  ] as const;
  const text = parts.flatMap(([count, unit]) => (count > 0 ? [`${count} ${unit}`] : []));
  return text.length > 0 ? text.join(' ') : '0 min';
}
