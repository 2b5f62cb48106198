import { NeedsAuthenticationError } from '@forge/api';
import { createPullRequestChangedHandler } from '../../../src/handlers/pull-request-changed';
import { createPullRequestResolver } from '../../../src/handlers/pull-request-resolver';
import { createReceiveDeliveryHandler } from '../../../src/handlers/receive-delivery';
import { createRefreshVerdictHandler } from '../../../src/handlers/refresh-verdict';
import { AppError } from '../../../src/errors/app-error';
import { PlatformUnavailableError } from '../../../src/errors/platform-errors';
import type { PullRequestChange } from '../../../src/usecases/pull-request-changed';
import type { JobOutcome } from '../../../src/usecases/handle-verdict-job';
import type { Delivery } from '../../../src/usecases/receive-delivery';
import type { Caller } from '../../../src/usecases/caller';
import { buildView } from '../../support/build-view';
import {
  connectionId,
  headCommit,
  identity,
  repositoryUuid,
  workspaceUuid,
} from '../../support/app/build-app-data';
import { createMemoryLog } from '../../support/app/memory-log';

const context = { installContext: `ari:cloud:bitbucket::workspace/${workspaceUuid}` };
const claim = { repositoryUuid: `{${repositoryUuid}}`, pullRequestId: 7 };

describe('the resolver of the pull request pages', () => {
  function setUp(answer: () => Promise<ReturnType<typeof buildView>>) {
    const callers: Caller[] = [];
    const log = createMemoryLog();
    const resolver = createPullRequestResolver({
      viewPullRequest(_, caller) {
        callers.push(caller);
        return answer();
      },
      refreshPullRequest: () => Promise.reject(new Error('Nobody asked for it.')),
      listIssues: () => Promise.reject(new Error('Nobody asked for it.')),
      diagnosePullRequest: () => Promise.reject(new Error('Nobody asked for it.')),
      findOwnAuthors: () => Promise.reject(new Error('Nobody asked for it.')),
      authorize: (_, __, caller) => Promise.resolve(caller),
      recordChange: () => Promise.reject(new Error('Nothing was changed.')),
      chargeCalls: (work) => work(),
      log,
    });
    const invoke = (payload: unknown, principal: object | null = { accountId: 'real' }) =>
      resolver(
        {
          call: { functionKey: 'pullRequest.view', payload },
          // What comes from the browser may claim anything.
          context: { accountId: 'claimed', workspaceId: '{claimed}', extension: {} },
        },
        { ...context, ...(principal && { principal }) },
      );
    return { invoke, callers, log };
  }
  const shown = () => Promise.resolve(buildView());

  it('takes account and workspace from the platform, not from the browser', async () => {
    const { invoke, callers } = setUp(shown);

    expect(await invoke(claim)).toMatchObject({ ok: true, data: { pullRequestId: 7 } });
    expect(callers).toEqual([{ accountId: 'real', workspaceUuid }]);
  });

  it.each([
    ['nothing', undefined],
    ['a slug', { ...claim, repositoryUuid: 'shop' }],
    ['a path', { ...claim, repositoryUuid: '{../../other}' }],
    ['a fraction', { ...claim, pullRequestId: 1.5 }],
    ['a negative number', { ...claim, pullRequestId: -1 }],
    ['more than it asks for', { ...claim, workspaceUuid: 'other' }],
  ])('refuses %s as input', async (_, payload) => {
    const { invoke, callers } = setUp(shown);

    expect(await invoke(payload)).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
    expect(callers).toEqual([]);
  });

  it('refuses a call without a user', async () => {
    const { invoke } = setUp(shown);

    expect(await invoke(claim, null)).toMatchObject({ error: { code: 'NOT_SIGNED_IN' } });
  });

  it.each<[Error, string, string]>([
    [new AppError('NOT_FOUND', 'There is none.'), 'NOT_FOUND', 'There is none.'],
    [new PlatformUnavailableError('use its storage'), 'UNAVAILABLE', 'Bitbucket could not'],
    [new Error('password=hunter2'), 'UNEXPECTED', 'Something went wrong'],
  ])('answers %s as %s', async (error, code, words) => {
    const { invoke } = setUp(() => Promise.reject(error));

    const reply = JSON.stringify(await invoke(claim));

    expect(reply).toContain(code);
    expect(reply).toContain(words);
    expect(reply).not.toContain('hunter2');
  });

  it('lets nothing out that the contract does not name', async () => {
    const { invoke, log } = setUp(() => Promise.resolve({ ...buildView(), token: 'hunter2' }));

    const reply = JSON.stringify(await invoke(claim));

    expect(reply).toContain('UNEXPECTED');
    expect(reply).not.toContain('hunter2');
    expect(log.entries.some(({ level }) => level === 'error')).toBe(true);
  });

  it('leaves the request for consent to the platform', async () => {
    const consent = new NeedsAuthenticationError('Authentication Required', 'key');
    const { invoke } = setUp(() => Promise.reject(consent));

    await expect(invoke(claim)).rejects.toBe(consent);
  });
});

describe('the consumer', () => {
  const job = { kind: 'refresh', ...identity, trigger: 'poll' };
  const handle = (outcome: JobOutcome) =>
    createRefreshVerdictHandler({
      handleVerdictJob: () => Promise.resolve(outcome),
      log: createMemoryLog(),
    });

  it.each([undefined, {}, { body: { kind: 'other' } }, { body: { ...job, pullRequestId: '7' } }])(
    'drops %j, and says so',
    async (event) => {
      const log = createMemoryLog();
      const handler = createRefreshVerdictHandler({
        handleVerdictJob: () => Promise.reject(new Error('Nobody asked for it.')),
        log,
      });

      expect(await handler(event, context)).toBeUndefined();
      expect(log.entries).toHaveLength(1);
    },
  );

  it('asks for a retry that waits longer each time, up to the platform’s limit', async () => {
    const handler = handle({ kind: 'retry', retryAfterSeconds: 30, isRateLimit: false });
    const waitOf = async (retryCount: number) =>
      (await handler({ body: job, retryContext: { retryCount } }, context))?.retryOptions
        .retryAfter;

    expect(await Promise.all([0, 1, 2, 10].map(waitOf))).toEqual([30, 60, 120, 900]);
  });

  it('is done when the job is', async () => {
    expect(await handle({ kind: 'done' })({ body: job }, context)).toBeUndefined();
  });

  it('refuses to work without a workspace', async () => {
    await expect(handle({ kind: 'done' })({ body: job }, {})).rejects.toThrow('workspace');
  });
});

describe('the web trigger', () => {
  function setUp() {
    const deliveries: Delivery[] = [];
    const handler = createReceiveDeliveryHandler({
      receiveDelivery(delivery) {
        deliveries.push(delivery);
        return Promise.resolve('accepted');
      },
      log: createMemoryLog(),
    });
    return { handler, deliveries };
  }
  const request = {
    method: 'POST',
    userPath: `/${connectionId}`,
    headers: { 'X-Sonar-Webhook-HMAC-SHA256': ['abc'] },
    body: '{}',
  };

  it('[F1] reads the signature whatever the case of its header', async () => {
    const { handler, deliveries } = setUp();

    expect(await handler(request)).toMatchObject({ statusCode: 202 });
    expect(deliveries).toEqual([{ connectionId, body: '{}', signature: 'abc' }]);
  });

  it.each([undefined, 'text', { ...request, method: 'GET' }, { ...request, headers: 'none' }])(
    '[F1] refuses %j',
    async (given) => {
      const { handler, deliveries } = setUp();

      expect(await handler(given)).toMatchObject({ statusCode: 401 });
      expect(deliveries).toEqual([]);
    },
  );

  it.each([
    ['accepted', 202],
    ['ignored', 200],
    ['refused', 401],
    ['tooLarge', 413],
    ['malformed', 400],
    ['failed', 500],
  ] as const)('answers %s with %i', async (outcome, statusCode) => {
    const handler = createReceiveDeliveryHandler({
      receiveDelivery: () => Promise.resolve(outcome),
      log: createMemoryLog(),
    });

    expect(await handler(request)).toMatchObject({ statusCode });
  });

  it('answers 500 when the store is down', async () => {
    const handler = createReceiveDeliveryHandler({
      receiveDelivery: () => Promise.reject(new PlatformUnavailableError('use its storage')),
      log: createMemoryLog(),
    });

    expect(await handler(request)).toMatchObject({ statusCode: 500 });
  });
});

describe('the trigger of pull request events', () => {
  const event = {
    repository: { uuid: `{${repositoryUuid}}` },
    pullrequest: {
      id: 7,
      state: 'OPEN',
      source: { branch: 'feature', commit: { hash: headCommit.slice(0, 12) } },
      updatedOn: '2026-03-04T12:00:00+00:00',
    },
  };

  it('reads what changed', async () => {
    const changes: PullRequestChange[] = [];
    const handler = createPullRequestChangedHandler({
      pullRequestChanged(change) {
        changes.push(change);
        return Promise.resolve('queued');
      },
      log: createMemoryLog(),
    });

    await handler(event);

    expect(changes).toEqual([
      {
        ...identity,
        isOpen: true,
        headHash: headCommit.slice(0, 12),
        updatedAt: '2026-03-04T12:00:00.000Z',
      },
    ]);
  });

  it('drops what it does not know, and asks again when the platform is busy', async () => {
    const handler = createPullRequestChangedHandler({
      pullRequestChanged: () => Promise.reject(new PlatformUnavailableError('take a job')),
      log: createMemoryLog(),
    });

    expect(await handler({ pullrequest: {} })).toBeUndefined();
    expect(await handler(event)).toMatchObject({ retryOptions: { retryAfter: 30 } });
  });
});
