import { toRetryAfterSeconds } from '../../../../src/clients/http/retry-after';

const nowMs = Date.parse('2026-03-04T12:00:00.000Z');

describe('the wait that an answer asks for', () => {
  it.each([
    ['120', 120],
    [' 0 ', 0],
    ['Wed, 04 Mar 2026 12:01:30 GMT', 90],
    ['Wed, 04 Mar 2026 11:00:00 GMT', 0],
  ])('of "%s" is %i seconds', (header, seconds) => {
    expect(toRetryAfterSeconds(header, nowMs)).toBe(seconds);
  });

  it.each(['99999999999999', '315360000', 'Tue, 04 Mar 2036 12:00:00 GMT'])(
    'of "%s" is no longer than an hour',
    (header) => {
      expect(toRetryAfterSeconds(header, nowMs)).toBe(3_600);
    },
  );

  it.each([null, '', 'soon'])('of %j is not known', (header) => {
    expect(toRetryAfterSeconds(header, nowMs)).toBeUndefined();
  });
});
