import type { Measures } from '../../contracts/verdict';
import { toPercentText } from '../../domain/percent-text';
import type { ComponentMeasures } from './schema';

/** Metrics that every supported version knows: an unknown one would fail the whole call (sonarqube.md 4). */
export const measuredMetrics = [
  'new_violations',
  'new_security_hotspots',
  'new_lines',
  'new_coverage',
  'new_duplicated_lines_density',
] as const;

/** The numbers beside the verdict. What the server leaves out stays absent, which is not 0. */
export function toMeasures(answer: ComponentMeasures): Measures {
  const values = toMetricValues(answer);
  const count = (metric: string) => {
    const value = values.get(metric);
    return value === undefined || Number.isNaN(Number(value)) ? undefined : Number(value);
  };
  const percent = (metric: string) => {
    const value = values.get(metric);
    return value === undefined ? undefined : { value, text: toPercentText(value) };
  };
  const newIssues = count('new_violations');
  const newHotspots = count('new_security_hotspots');
  const newLines = count('new_lines');
  const newCoverage = percent('new_coverage');
  const newDuplication = percent('new_duplicated_lines_density');
  return {
    ...(newIssues !== undefined && { newIssues }),
    ...(newHotspots !== undefined && { newHotspots }),
    ...(newLines !== undefined && { newLines }),
    ...(newCoverage && { newCoverage }),
    ...(newDuplication && { newDuplication }),
  };
}

/** The values that the server gave, by metric, in its own form. */
export function toMetricValues({ component }: ComponentMeasures): ReadonlyMap<string, string> {
  return new Map(
    component.measures?.entries.flatMap(({ metric, value, period, periods }) => {
      // The form of 10.0 and later, then that of 9.9 and Cloud, then overall metrics.
      const given = period?.value ?? periods?.[0]?.value ?? value;
      return given === undefined ? [] : [[metric, given] as const];
    }),
  );
}
