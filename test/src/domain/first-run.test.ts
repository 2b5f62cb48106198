import { toFirstRunSteps, type FirstRunFacts } from '../../../src/domain/first-run';
import { toTokenWarning } from '../../../src/domain/token-warning';

const names = [
  'hasConnection',
  'hasWorkingConnection',
  'hasBinding',
  'hasGate',
  'hasVerdict',
] as const;
const states = Array.from({ length: 32 }, (_, bits) =>
  names.map((_name, place) => (bits & (1 << place)) !== 0),
);

describe('the first steps', () => {
  it.each(states.map((state) => [state.map(Number).join(''), state] as const))(
    '[I2] in state %s are done exactly as far as what is stored says',
    (...row) => {
      const facts = Object.fromEntries(names.map((name, place) => [name, row[1][place]]));

      const steps = toFirstRunSteps(facts as unknown as FirstRunFacts);

      expect(steps.map(({ step }) => step)).toEqual([
        'connect',
        'check',
        'import',
        'gate',
        'verify',
      ]);
      expect(steps.map(({ isDone }) => isDone)).toEqual(row[1]);
    },
  );
});

describe('what is said of a token', () => {
  const day = 24 * 60 * 60 * 1000;
  const at = (days: number) => new Date(days * day).toISOString();
  const level = (leftDays: number) =>
    toTokenWarning({ savedAt: at(0), expiresAt: at(100 + leftDays) }, 100 * day)?.level;

  it('[K5] comes 30, 7 and 1 days before its end, and after it', () => {
    expect([31, 30, 8, 7, 2, 1, 0, -1].map(level)).toEqual([
      undefined,
      'month',
      'month',
      'week',
      'week',
      'day',
      'expired',
      'expired',
    ]);
  });

  it('[K5] goes by its age where no end is known', () => {
    const old = (days: number) => toTokenWarning({ savedAt: at(0) }, days * day)?.level;

    expect([364, 365].map(old)).toEqual([undefined, 'old']);
  });
});
