import { call, CallFailure, callTimeoutMs } from '../../../static/shared/bridge/call';
import { viewFixtures } from '../../support/build-view';
import { bridge } from '../support/bridge-stand-in';
import { repositoryUuid } from '../support/open-page';

const claim = { repositoryUuid, pullRequestId: 7 };

beforeEach(() => bridge.reset());

async function failureOf(answer: () => unknown): Promise<CallFailure> {
  bridge.on('invoke', answer);
  const cause: unknown = await call('pullRequest.view', claim).catch((error: unknown) => error);
  if (cause instanceof CallFailure) return cause;
  throw new Error('The call did not fail as expected.');
}

it('answers with the data of the reply', async () => {
  bridge.on('invoke', () => ({ ok: true, data: viewFixtures.passed }));

  expect(await call('pullRequest.view', claim)).toEqual(viewFixtures.passed);
});

it('fails with the code, the sentence and the pause of the reply', async () => {
  const failure = await failureOf(() => ({
    ok: false,
    error: { code: 'RATE_LIMITED', message: 'Too soon.', retryAfterSeconds: 8 },
  }));

  expect(failure).toMatchObject({
    code: 'RATE_LIMITED',
    message: 'Too soon.',
    retryAfterSeconds: 8,
  });
});

it('tells a failure of the platform from one of the app, and keeps its cause', async () => {
  const cause = new Error('There was an error invoking the function');

  const failure = await failureOf(() => Promise.reject(cause));

  expect(failure).toMatchObject({ code: 'PLATFORM', cause });
});

it.each([undefined, null, 'text', {}, { ok: true }, { ok: false }, { body: 1 }])(
  'refuses %j, which is not a reply',
  async (answer) => {
    expect((await failureOf(() => answer)).code).toBe('UNEXPECTED');
  },
);

it('gives up on an answer that got lost', async () => {
  jest.useFakeTimers();
  try {
    const failure = failureOf(() => new Promise(() => undefined));
    await jest.advanceTimersByTimeAsync(callTimeoutMs);

    expect((await failure).code).toBe('PLATFORM');
  } finally {
    jest.useRealTimers();
  }
});
