import fc from 'fast-check';
import { parseFilter } from '../../../host/platform/ingress/event-filter';

const event = { selfGenerated: false, actor: { type: 'user' }, push: { count: 3 } };

describe('the filter of a trigger', () => {
  it.each([
    ['event.selfGenerated == false', true],
    ['event.selfGenerated', false],
    ['!event.selfGenerated', true],
    ["event.actor.type == 'user' && event.push.count >= 3", true],
    ['event.push.count < 3 || event.actor.type != "user"', false],
    ['(event.push.count > 10 || event.push.count == 3) && !(event.selfGenerated)', true],
    ['event.push.count <= 2.5', false],
    ['true || false && false', true],
  ])('%s is %s', (expression, expected) => {
    expect(parseFilter(expression)({ event })).toBe(expected);
  });

  it.each(['event.a ? 1 : 2', 'event.', '== 1', 'event.a == ', '(event.a', 'event.list[0]', ''])(
    'refuses what it does not understand: "%s"',
    (expression) => {
      expect(() => parseFilter(expression)).toThrow(/does not understand the filter expression/);
    },
  );

  it('fails while evaluating for a missing member and for what is no truth value', () => {
    expect(() => parseFilter('event.missing.deep == 1')({ event })).toThrow(/no member "missing"/);
    expect(() => parseFilter('event.push.count')({ event })).toThrow(/neither true nor false/);
  });

  it('agrees with JavaScript about and, or and not', () => {
    type Judged = readonly [text: string, value: boolean];
    const { judged } = fc.letrec<{ judged: Judged }>((tie) => ({
      judged: fc.oneof(
        { maxDepth: 4 },
        fc.boolean().map((value): Judged => [String(value), value]),
        tie('judged').map(([text, value]): Judged => [`!(${text})`, !value]),
        fc
          .tuple(tie('judged'), tie('judged'))
          .map(([[a, first], [b, second]]): Judged => [`((${a}) && (${b}))`, first && second]),
        fc
          .tuple(tie('judged'), tie('judged'))
          .map(([[a, first], [b, second]]): Judged => [`(${a}) || (${b})`, first || second]),
      ),
    }));

    fc.assert(fc.property(judged, ([text, value]) => parseFilter(text)({}) === value));
  });
});
