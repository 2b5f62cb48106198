import { createHmac } from 'node:crypto';
import { deliveryWindow, isSignedBy, isTimely } from '../../../src/domain/delivery';
import { isoAt, startMs } from '../../support/app/build-app-data';

const body = '{"text":"grün"}';
const sign = (secret: string) => createHmac('sha256', secret).update(body).digest('hex');
const signed = (signature: string, nowMs = startMs) => ({ body, signature, nowMs });

describe('a signature', () => {
  const secrets = {
    current: 'current-secret-current',
    previous: { secret: 'previous-secret-previous', validUntilMs: startMs + 10 },
  };

  it('[F1] is right for the current secret, and for the previous one until its end', () => {
    expect(isSignedBy(secrets, signed(sign(secrets.current)))).toBe(true);
    expect(isSignedBy(secrets, signed(sign(secrets.previous.secret)))).toBe(true);
    expect(isSignedBy(secrets, signed(sign(secrets.previous.secret), startMs + 10))).toBe(false);
  });

  it('[F1] is right for a secret that the server may use already', () => {
    const next = 'next-secret-next-secret';

    expect(isSignedBy({ ...secrets, next }, signed(sign(next)))).toBe(true);
  });

  it.each([
    ['another secret', sign('x')],
    ['nothing', ''],
    ['no hash', 'zz'],
    ['half', 'ab'.repeat(16)],
  ])('[F1] is wrong when it is made from %s', (_, signature) => {
    expect(isSignedBy(secrets, signed(signature))).toBe(false);
  });
});

describe('a delivery', () => {
  it('[F1] is timely within the window, and not without a time', () => {
    expect(isTimely(isoAt(-deliveryWindow.oldestMs), startMs)).toBe(true);
    expect(isTimely(isoAt(-deliveryWindow.oldestMs - 1), startMs)).toBe(false);
    expect(isTimely(isoAt(deliveryWindow.clockSkewMs + 1), startMs)).toBe(false);
    expect(isTimely(undefined, startMs)).toBe(false);
    expect(isTimely('yesterday', startMs)).toBe(false);
  });
});
