import { RemoteUnavailableError } from '../../../src/errors/remote-errors';
import { createLog } from '../../../src/platform/log';

function setUpLog() {
  const lines: string[] = [];
  const write = (line: string) => void lines.push(line);
  const log = createLog({ info: write, warn: write, error: write });
  return { log, last: () => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown> };
}

function fail(): never {
  throw new TypeError('no member');
}

describe('an error in the log', () => {
  it('has its stack when it is our mistake', () => {
    const { log, last } = setUpLog();

    try {
      fail();
    } catch (error) {
      log.error('a procedure failed', error);
    }

    expect(last()).toMatchObject({ error: 'TypeError: no member' });
    expect(last().stack).toContain('fail');
  });

  it('has its causes and no stack when it was foreseen', () => {
    const { log, last } = setUpLog();
    const call = { service: 'sonarqube', operation: 'issues/search' } as const;
    const cause = new TypeError('fetch failed');

    log.error('no answer', new RemoteUnavailableError(call, 'no connection', { cause }));

    expect(last()).toEqual({
      event: 'no answer',
      error:
        'RemoteUnavailableError: sonarqube issues/search: no connection ← TypeError: fetch failed',
    });
  });

  it('has no credentials, neither in its message nor in that of its cause', () => {
    const { log, last } = setUpLog();
    const secret = 'squ_0123456789abcdef';

    log.error('no answer', new Error('refused', { cause: new Error(`Bearer ${secret}`) }), {
      token: secret,
    });

    expect(JSON.stringify(last())).not.toContain(secret);
  });
});
