import { bundleProbe, startProbe } from '../../support/probe-platform';
import type { ProbePlatform } from '../../support/probe-platform';

const bundle = bundleProbe();
let probe: ProbePlatform;
beforeEach(async () => {
  probe = await startProbe({ bundleDirectory: bundle.folder });
});
afterEach(() => probe.stop());
afterAll(() => bundle.remove());

/** What the probe keeps in its storage, by key. */
function stored(key: string): unknown {
  const values = probe.platform.dumpStorage().values as readonly { key: string; value: unknown }[];
  return values.find((entry) => entry.key === key)?.value;
}

describe('a product event', () => {
  const updated = { eventType: 'avi:bitbucket:updated:pullrequest', pullrequest: { id: 7 } };

  it('reaches the triggers subscribed to it, and no user acts in them', async () => {
    await probe.platform.deliverEvent(updated);

    expect(stored('event:avi-bitbucket-updated-pullrequest')).toEqual({
      event: updated,
      context: expect.not.objectContaining({ principal: expect.anything() as unknown }) as unknown,
    });
    expect(stored('event-count')).toBe(1);
  });

  it('reaches nobody when nobody is subscribed', async () => {
    await probe.platform.deliverEvent({ eventType: 'avi:bitbucket:deleted:repository' });

    expect(probe.traffic.invocations).toEqual([]);
  });

  it('is repeated at most four times when the function asks for it, with the reason and data', async () => {
    await probe.platform.deliverEvent({ ...updated, retry: 60 });
    expect(stored('event-count')).toBe(1);

    await probe.clock.advance(59_999);
    expect(stored('event-count')).toBe(1);
    await probe.clock.advance(1);
    expect(stored('event-count')).toBe(2);
    expect(stored('event:avi-bitbucket-updated-pullrequest')).toMatchObject({
      event: { retryContext: { retryCount: 1, retryData: { note: 'again' } } },
    });

    await probe.clock.advance(3_600_000);
    expect(stored('event-count')).toBe(5);
    expect(probe.traffic.logs).toContainEqual(
      expect.objectContaining({ text: expect.stringMatching(/gave up/) as unknown }),
    );
  });

  it('is repeated by the platform with growing delay when the function crashes', async () => {
    await probe.platform.deliverEvent({ ...updated, crash: true });
    await probe.clock.advance(30_000);
    await probe.clock.advance(60_000);

    expect(stored('event-count')).toBe(3);
  });

  it('passes the filter of its trigger or is left out', async () => {
    const push = 'avi:bitbucket:push:repository';

    await probe.platform.deliverEvent({ eventType: push, selfGenerated: true });
    await probe.platform.deliverEvent({ eventType: push });
    expect(stored('event-count')).toBeUndefined();
    expect(probe.traffic.logs).toMatchObject([
      { text: expect.stringMatching(/filter of trigger "filtered" failed/) as unknown },
    ]);

    await probe.platform.deliverEvent({ eventType: push, selfGenerated: false });
    expect(stored('event-count')).toBe(1);
  });
});

describe('life cycle', () => {
  it('tells of the installation', async () => {
    await probe.platform.runInstalled('user-1');

    expect(stored('event:avi-forge-installed-app')).toMatchObject({
      event: {
        id: 'aaaaaaaa-0000-4000-8000-000000000001',
        installerAccountId: 'user-1',
        environment: { id: 'cccccccc-0000-4000-8000-000000000003' },
      },
    });
  });

  it('runs what comes before the uninstall', async () => {
    await probe.platform.runPreUninstall();

    expect(stored('goodbye')).toMatchObject({ context: { moduleKey: 'leave' } });
  });
});

describe('a scheduled trigger', () => {
  it('runs five minutes after the start and then at its interval, on a moved clock', async () => {
    const start = probe.clock.now();

    await probe.clock.advance(15 * 60_000 + 1);

    expect(stored('runs')).toEqual(
      [5, 10, 15].map((minutes) => ({
        at: start + minutes * 60_000,
        input: { workspaceId: '{bbbbbbbb-0000-4000-8000-000000000002}', moduleKey: 'often' },
      })),
    );
  });

  it('is noted when it answers in a wrong form', async () => {
    await probe.clock.advance(5 * 60_000);
    expect(probe.traffic.logs).toEqual([]);

    await probe.clock.advance(5 * 60_000);
    expect(probe.traffic.logs).toMatchObject([
      { text: expect.stringMatching(/"often".*424/) as unknown },
    ]);
  });
});

describe('a merge check', () => {
  const call = {
    moduleKey: 'check',
    repositoryUuid: '{r}',
    pullRequestId: 7,
    trigger: 'on-merge',
  } as const;
  const merge = { mergeStrategy: 'squash', closeSourceBranch: true };

  it('gets what Bitbucket sends, the commit message cut at 1,000 characters', async () => {
    const commitMessage = 'm'.repeat(1_001);

    const result = await probe.platform.runMergeCheck({
      ...call,
      merge: { ...merge, commitMessage },
    });

    expect(result).toEqual({ success: false, message: 'cut: true' });
    expect(await probe.invoke('seen')).toMatchObject([
      {
        input: {
          workspace: { uuid: '{bbbbbbbb-0000-4000-8000-000000000002}' },
          repository: { uuid: '{r}' },
          pullrequest: { id: 7 },
          trigger: { type: 'on-merge' },
          mergeProperties: { commitMessage: 'm'.repeat(1_000), commitMessageTruncated: true },
        },
      },
    ]);
  });

  it.each(['throw', 'odd'])(
    'fails when the function does not answer clearly: %s',
    async (commitMessage) => {
      const result = await probe.platform.runMergeCheck({
        ...call,
        merge: { ...merge, commitMessage },
      });

      expect(result).toEqual({ success: false, message: 'The check could not be completed.' });
    },
  );

  it('is an error of the caller for an unknown check or trigger', async () => {
    await expect(probe.platform.runMergeCheck({ ...call, moduleKey: 'none' })).rejects.toThrow(
      /no merge check "none"/,
    );
    await expect(
      probe.platform.runMergeCheck({ ...call, trigger: 'on-reviewer-status-changed' }),
    ).rejects.toThrow(/not triggered by on-reviewer-status-changed/);
  });
});
