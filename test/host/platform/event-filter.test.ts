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
    const literal = fc.constantFrom('true', 'false');
    const { expression } = fc.letrec<{ expression: string }>((tie) => ({
      expression: fc.oneof(
        { maxDepth: 4 },
        literal,
        tie('expression').map((inner) => `!(${inner})`),
        fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `(${a} && ${b})`),
        fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `(${a}) || (${b})`),
      ),
    }));

    fc.assert(
      fc.property(expression, (text) => {
        const expected = Function(`return ${text}`) as () => boolean;
        return parseFilter(text)({}) === expected();
      }),
    );
  });
});
