import { toTransportError } from '../../../../src/clients/http/to-remote-error';

const place = { call: { service: 'sonarqube', operation: 'x' }, host: 'sonar.acme.io' } as const;

describe('a call that got no answer', () => {
  it('[I5] is named by what the sockets of the platform say, which are made in another realm', async () => {
    const failure: unknown = await fetch('http://127.0.0.1:2/').catch((error: unknown) => error);
    expect(failure instanceof Error).toBe(false);

    expect(toTransportError(failure, place)).toMatchObject({ noAnswer: 'connectionRefused' });
  });

  it.each([
    [{ code: 'ENOTFOUND' }, 'nameResolution'],
    [{ cause: { code: 'CERT_HAS_EXPIRED' } }, 'tls'],
    [{ cause: { cause: { code: 'UND_ERR_CONNECT_TIMEOUT' } } }, 'timeout'],
    [{ name: 'TimeoutError' }, 'timeout'],
    ['a word', 'network'],
    [undefined, 'network'],
  ])('[I5] %j is %s', (failure, noAnswer) => {
    expect(toTransportError(failure, place)).toMatchObject({ noAnswer });
  });
});
