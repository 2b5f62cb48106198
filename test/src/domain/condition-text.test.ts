import fc from 'fast-check';
import { toCondition } from '../../../src/domain/condition-text';
import { toPercentText } from '../../../src/domain/percent-text';
import type { GateCondition } from '../../../src/domain/quality-gate';
import { buildGate, buildGateCondition } from '../../support/app/build-app-data';

function text(condition: Partial<GateCondition>, ignoredConditions = false) {
  const built = { ...buildGateCondition(), actual: undefined, ...condition };
  return toCondition(built, buildGate({ ignoredConditions }));
}

describe('a condition in words', () => {
  it.each<[Partial<GateCondition>, string]>([
    [
      {
        metricKey: 'new_coverage',
        comparator: 'LT',
        threshold: '80',
        actual: '79.96',
        status: 'ERROR',
      },
      'Coverage on new code at least 80.0%, is 79.96%: failed',
    ],
    [
      { metricKey: 'new_coverage', comparator: 'LT', threshold: '80', actual: '64.28571428571429' },
      'Coverage on new code at least 80.0%, is 64.3%: passed',
    ],
    [
      { metricKey: 'new_line_coverage', comparator: 'LT', threshold: '80' },
      'Line coverage on new code at least 80.0%, is No data: passed',
    ],
    [
      { metricKey: 'new_violations', threshold: '0', actual: '3', status: 'ERROR' },
      'New issues at most 0, is 3: failed',
    ],
    [
      { metricKey: 'new_reliability_rating', threshold: '1', actual: '3.0', status: 'ERROR' },
      'Reliability rating on new code no worse than A, is C: failed',
    ],
    [
      { metricKey: 'new_sca_severity_any_issue', threshold: '14', actual: '20', status: 'ERROR' },
      'Severity of new dependency risks none of Medium or worse, is High: failed',
    ],
    [
      { metricKey: 'new_security_issue_severity', threshold: '19', actual: '25', status: 'ERROR' },
      'Severity of new security issues none of High or worse, is Blocker: failed',
    ],
    [
      { metricKey: 'new_security_issue_severity', threshold: '24', actual: '0' },
      'Severity of new security issues none of Blocker, is None: passed',
    ],
    [
      { metricKey: 'new_technical_debt', threshold: '480', actual: '605' },
      'Added technical debt at most 1 d, is 1 d 2 h 5 min: passed',
    ],
    [
      { metricKey: 'something_new', comparator: 'XX', threshold: '1;2', actual: '{"a":1}' },
      'something_new XX 1;2, is {"a":1}: passed',
    ],
    [{ threshold: undefined, actual: '4' }, 'New issues at most Not given, is 4: passed'],
  ])('[P2] prints %j', (condition, expected) => {
    const { label, requirement, thresholdText, actualText, status } = text(condition);

    expect(`${label} ${requirement} ${thresholdText}, is ${actualText}: ${status}`).toBe(expected);
  });

  it.each([
    ['new_coverage', 'LT', '0.0', '80', 'notEnforced'],
    ['new_duplicated_lines_density', 'GT', '9.1', '3', 'notEnforced'],
    ['new_coverage', 'LT', '92.0', '80', 'passed'],
    ['new_violations', 'GT', '0', '0', 'passed'],
  ])(
    '[P2] says of %s %s on a small change with %s against %s: %s',
    (metricKey, comparator, actual, threshold, status) => {
      expect(text({ metricKey, comparator, actual, threshold }, true).status).toBe(status);
      expect(text({ metricKey, comparator, actual, threshold }, false).status).toBe('passed');
    },
  );

  it('[P2] keeps the raw values beside the words', () => {
    expect(text({ actual: '3', threshold: '0' })).toMatchObject({
      metricKey: 'new_violations',
      comparator: 'GT',
      actual: '3',
      threshold: '0',
    });
  });
});

describe('a percentage', () => {
  it('[P2] is never rounded onto or over the threshold', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.integer({ min: 0, max: 1000 }).map((tenths) => tenths / 10),
        (exact, limit) => {
          const value = exact.toFixed(10);
          const printed = Number(toPercentText(value, String(limit)).slice(0, -1));
          expect(Math.sign(printed - limit)).toBe(Math.sign(Number(value) - limit));
        },
      ),
    );
  });

  it('has one decimal when nothing hangs on more', () => {
    expect(toPercentText('82.50562381034781', '85')).toBe('82.5%');
    expect(toPercentText('100', '100')).toBe('100.0%');
    expect(toPercentText('unknown')).toBe('unknown');
  });
});
