import { createLog } from '../../../src/platform/log';
import { RemoteUnavailableError } from '../../../src/errors/remote-errors';

function setUp() {
  const lines: string[] = [];
  const write = (line: string) => lines.push(line);
  return { lines, log: createLog({ info: write, warn: write, error: write }) };
}

describe('the log', () => {
  it.each([
    ['a header', 'Authorization: Bearer abc.def-123'],
    ['a basic header', 'Basic aHVudGVyMg=='],
    ['a token of a Server', 'the token squ_hunter2hunter2'],
    ['an address with a password', 'https://user:hunter2@sonar.example.com/api'],
    ['a signature', 'a'.repeat(64)],
  ])('leaves out the secret of %s', (_, text) => {
    const { lines, log } = setUp();

    log.info('event', { text });
    log.error('event', new Error(text));

    for (const secret of ['abc.def-123', 'aHVudGVyMg', 'hunter2', 'a'.repeat(64)]) {
      expect(lines.join('\n')).not.toContain(secret);
    }
  });

  it('leaves out the value of a field whose name says that it is secret', () => {
    const { lines, log } = setUp();

    log.warn('event', { accessToken: 'one', webhookSecret: 'two', password: 'three', count: 4 });

    expect(JSON.parse(lines[0] ?? '')).toEqual({
      event: 'event',
      accessToken: '[redacted]',
      webhookSecret: '[redacted]',
      password: '[redacted]',
      count: 4,
    });
  });

  it('names an error and its causes', () => {
    const { lines, log } = setUp();
    const call = { service: 'sonarqube', operation: 'issues/search' } as const;

    log.error(
      'event',
      new RemoteUnavailableError(call, 'no connection', { cause: new TypeError('reset') }),
    );

    expect(JSON.parse(lines[0] ?? '')).toEqual({
      event: 'event',
      error: 'RemoteUnavailableError: sonarqube issues/search: no connection ← TypeError: reset',
    });
  });
});
