import fc from 'fast-check';
import { evaluateGate, type MeasureValues } from '../../../host/sonarqube/gate/evaluate-gate';
import { computeMeasures } from '../../../host/sonarqube/gate/measures';
import { SONAR_WAY } from '../../../host/sonarqube/gate/sonar-way';
import type { StoredIssue } from '../../../host/sonarqube/state/issues';
import { buildIssue } from './support';

const small = new Set(['new_coverage', 'new_duplicated_lines_density']);

const percent = fc.double({ min: 0, max: 100, noNaN: true });
const measures: fc.Arbitrary<MeasureValues> = fc
  .record(
    {
      new_lines: fc.nat(60).map(String),
      new_violations: fc.nat(3).map(String),
      new_coverage: percent.map(String),
      new_duplicated_lines_density: percent.map(String),
      new_security_hotspots_reviewed: percent.map(String),
    },
    { requiredKeys: ['new_lines', 'new_violations'] },
  )
  .map((values) => Object.fromEntries(Object.entries(values)));

function build(changes: Partial<StoredIssue> = {}): StoredIssue {
  return {
    ...buildIssue(),
    projectKey: 'shop',
    pullRequestKey: '42',
    author: '',
    status: 'OPEN',
    resolution: null,
    createdAt: 0,
    updatedAt: 0,
    ...changes,
  };
}

const analysis = {
  id: 'a',
  analysedAt: 0,
  revision: '',
  changedAt: 0,
  newLines: 100,
  duplicatedLines: 0,
};

describe('the gate', () => {
  it('fails exactly when one of its conditions fails', () => {
    fc.assert(
      fc.property(measures, (values) => {
        const { status, conditions } = evaluateGate(SONAR_WAY, values);

        const failed = conditions.some((condition) => condition.status === 'ERROR');
        expect(status).toBe(failed ? 'ERROR' : 'OK');
      }),
    );
  });

  it('passes a condition that has no value, and shows none', () => {
    fc.assert(
      fc.property(measures, (values) => {
        for (const { metricKey, status, actual } of evaluateGate(SONAR_WAY, values).conditions) {
          expect(actual).toBe(values[metricKey]);
          if (actual === undefined) expect(status).toBe('OK');
        }
      }),
    );
  });

  it('says that it ignored a condition exactly when a small change would have failed it', () => {
    fc.assert(
      fc.property(measures, (values) => {
        const strict = evaluateGate(SONAR_WAY, { ...values, new_lines: '20' });
        const actual = evaluateGate(SONAR_WAY, values);

        const wouldFail = strict.conditions.filter(
          ({ metricKey, status }) => status === 'ERROR' && small.has(metricKey),
        );
        expect(actual.ignoredConditions).toBe(
          Number(values.new_lines) < 20 && wouldFail.length > 0,
        );
      }),
    );
  });

  it('never lets a small change through with an open issue', () => {
    fc.assert(
      fc.property(measures, fc.integer({ min: 1, max: 9 }), (values, issues) => {
        const gate = evaluateGate(SONAR_WAY, { ...values, new_violations: String(issues) });
        expect(gate.status).toBe('ERROR');
      }),
    );
  });

  it.each([
    ['80', 'OK'],
    ['79.99999', 'ERROR'],
  ])('judges a coverage of %s as %s', (coverage, status) => {
    const gate = evaluateGate(SONAR_WAY, { new_lines: '20', new_coverage: coverage });

    expect(gate.status).toBe(status);
  });
});

describe('the measures', () => {
  it('count open issues, and no accepted, false or closed ones', () => {
    const values = computeMeasures(analysis, [
      build(),
      build({ status: 'RESOLVED', resolution: 'WONTFIX' }),
      build({ status: 'RESOLVED', resolution: 'FALSE-POSITIVE' }),
      build({ status: 'CLOSED', resolution: 'FIXED' }),
    ]);

    expect(values).toMatchObject({ new_violations: '1', new_accepted_issues: '1' });
  });

  it('have no share of reviewed hotspots without a hotspot', () => {
    expect(computeMeasures(analysis, [])).not.toHaveProperty('new_security_hotspots_reviewed');
  });

  it('count a hotspot as reviewed once somebody called it safe', () => {
    const kind = 'SECURITY_HOTSPOT';
    const values = computeMeasures(analysis, [
      build({ kind, status: 'TO_REVIEW' }),
      build({ kind, status: 'REVIEWED', resolution: 'SAFE' }),
    ]);

    expect(values).toMatchObject({
      new_violations: '0',
      new_security_hotspots: '1',
      new_security_hotspots_reviewed: '50.0',
    });
  });

  it('have no coverage where nothing can be covered, and the exact share elsewhere', () => {
    const coverage = { linesToCover: 14, coveredLines: 9 };

    expect(computeMeasures(analysis, [])).not.toHaveProperty('new_coverage');
    expect(computeMeasures({ ...analysis, coverage }, [])).toMatchObject({
      new_coverage: '64.28571428571429',
      new_uncovered_lines: '5',
    });
  });
});
