import { bundleProbe, startProbe } from '../../support/probe-platform';
import type { ProbePlatform } from '../../support/probe-platform';

const bundle = bundleProbe();
let probe: ProbePlatform;
beforeEach(async () => {
  probe = await startProbe({ bundleDirectory: bundle.folder });
});
afterEach(() => probe.stop());
afterAll(() => bundle.remove());

/** The event that the consumer of the probe saw last. */
function lastJob(): unknown {
  const values = probe.platform.dumpStorage().values as readonly { key: string; value: unknown }[];
  return values.find(({ key }) => key === 'job')?.value;
}

function runs(): number {
  return probe.traffic.invocations.filter(({ functionKey }) => functionKey === 'take-job').length;
}

describe('a consumer', () => {
  it('gets the event that was pushed, and no user acts in it', async () => {
    const { jobId } = (await probe.invoke('push', { body: { mode: 'fine' } })) as { jobId: string };
    await probe.platform.idle();

    expect(lastJob()).toMatchObject({
      event: {
        body: { mode: 'fine' },
        queueName: 'jobs',
        jobId,
        eventId: expect.any(String) as unknown,
      },
      context: expect.not.objectContaining({ principal: expect.anything() as unknown }) as unknown,
      asUser: { name: 'NEEDS_AUTHENTICATION_ERR' },
    });
  });

  it('gets the event again after the delay that it asked for', async () => {
    await probe.invoke('push', { body: { mode: 'retry' } });
    await probe.platform.idle();
    expect(runs()).toBe(1);

    await probe.clock.advance(30_000);
    await probe.platform.idle();

    expect(runs()).toBe(2);
    expect(lastJob()).toMatchObject({ event: { retryContext: expect.any(Object) as unknown } });
  });

  it('gets the event again when it throws', async () => {
    await probe.invoke('push', { body: { mode: 'fail' } });
    await probe.platform.idle();

    await probe.clock.advance(3_600_000);

    expect(runs()).toBeGreaterThan(1);
  });

  it('gets one event twice when the queue delivers twice', async () => {
    probe.platform.queue.deliverNext(2);
    await probe.invoke('push', { body: { mode: 'fine' } });
    await probe.platform.idle();

    expect(runs()).toBe(2);
  });

  it('is not reached by an event whose push a fault refused', async () => {
    probe.faults.add({
      target: 'queue',
      match: /publish/,
      times: 1,
      effect: { kind: 'answer', status: 429 },
    });

    await expect(probe.invoke('push', { body: {} })).rejects.toThrow(/error invoking/);
    await probe.platform.idle();

    expect(probe.traffic.invocations[0]?.errorMessage).toBe('Too many requests.');
    expect(runs()).toBe(0);
  });
});
