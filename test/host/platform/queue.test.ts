import { JobDoesNotExistError, Queue } from '@forge/events';
import * as fc from 'fast-check';
import { QueueLimits } from '../../../host/platform/queue/limits';
import type { DeliveryOutcome } from '../../../host/platform/queue/retries';
import { START } from './kvs-support';
import { createGate, done, settle, setUpQueue } from './queue-support';

const verdicts = new Queue({ key: 'verdicts' });
const imports = new Queue({ key: 'imports' });
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

function retry(retryAfterSeconds: number, more: object = {}): DeliveryOutcome {
  return { outcome: 'retry', retryAfterSeconds, ...more };
}

describe('delivery', () => {
  it('hands every event of a push to the consumer of its queue, with the ids of job and event', async () => {
    const { queue, delivered } = setUpQueue();

    const { jobId } = await verdicts.push([{ body: { n: 1 } }, { body: { n: 2 } }]);
    await queue.idle();

    expect(delivered.map(({ body }) => body)).toEqual([{ n: 1 }, { n: 2 }]);
    expect(delivered).toMatchObject([
      { queueName: 'verdicts', jobId },
      { queueName: 'verdicts', jobId },
    ]);
    expect(new Set(delivered.map(({ eventId }) => eventId)).size).toBe(2);
    expect(delivered[0]).not.toHaveProperty('retryContext');
  });

  it('keeps an event back for the delay that it was pushed with', async () => {
    const { queue, clock, delivered } = setUpQueue();
    await verdicts.push({ body: {}, delayInSeconds: 900 });

    await queue.idle();
    await clock.advance(899_999);
    expect(delivered).toEqual([]);
    await clock.advance(1);

    expect(delivered).toHaveLength(1);
  });

  it('delivers different events side by side, a few at a time', async () => {
    const gate = createGate<DeliveryOutcome>();
    const { queue, delivered } = setUpQueue(() => gate.opened);
    await verdicts.push(Array.from({ length: 20 }, (_, n) => ({ body: { n } })));

    await settle();
    const together = delivered.length;
    gate.open(done);
    await queue.idle();

    expect(together).toBeGreaterThan(1);
    expect(together).toBeLessThan(20);
    expect(delivered).toHaveLength(20);
  });

  it('delivers the next event as often as it is told to, and the one after it once', async () => {
    const { queue, delivered } = setUpQueue();
    queue.control.deliverNext(3);

    await verdicts.push([{ body: { n: 1 } }, { body: { n: 2 } }]);
    await queue.idle();

    const counts = [1, 2].map(
      (n) => delivered.filter(({ body }) => (body as { n: number }).n === n).length,
    );
    expect(counts).toEqual([3, 1]);
  });

  it('holds events back while paused, and counts them', async () => {
    const { queue, delivered } = setUpQueue();
    queue.control.pause();
    await verdicts.push([{ body: {} }, { body: {}, delayInSeconds: 5 }]);
    await queue.idle();
    expect(delivered).toEqual([]);
    expect(queue.control.pending).toBe(2);

    queue.control.resume();
    await queue.idle();

    expect(delivered).toHaveLength(1);
    expect(queue.control.pending).toBe(1);
  });

  it('starts events in any order when given randomness', async () => {
    const { queue, delivered } = setUpQueue(() => done, { random: () => 0.999 });

    await verdicts.push(Array.from({ length: 3 }, (_, n) => ({ body: { n } })));
    await queue.idle();

    expect(delivered.map(({ body }) => body)).toEqual([{ n: 2 }, { n: 1 }, { n: 0 }]);
  });
});

describe('concurrency', () => {
  it('never delivers more events of a key than its limit, across queues', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.constantFrom('a', 'b', undefined), { minLength: 1, maxLength: 25 }),
        async (limit, keys) => {
          const running = new Map<string, number>();
          const highest = new Map<string, number>();
          const { queue, delivered } = setUpQueue(async ({ body }) => {
            const { key = '' } = body as { key?: string };
            const now = (running.get(key) ?? 0) + 1;
            running.set(key, now);
            highest.set(key, Math.max(now, highest.get(key) ?? 0));
            await settle();
            running.set(key, (running.get(key) ?? 0) - 1);
            return done;
          });

          for (const [index, key] of keys.entries()) {
            const concurrency = key === undefined ? {} : { concurrency: { key, limit } };
            await (index % 2 === 0 ? verdicts : imports).push({
              body: key === undefined ? {} : { key },
              ...concurrency,
            });
          }
          await queue.idle();

          expect(delivered).toHaveLength(keys.length);
          expect(highest.get('a') ?? 0).toBeLessThanOrEqual(limit);
          expect(highest.get('b') ?? 0).toBeLessThanOrEqual(limit);
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('retries', () => {
  it('delivers again when the app asks for it, with its reason and data', async () => {
    const answers = [
      retry(60, { retryReason: 'FUNCTION_UPSTREAM_RATE_LIMITED', retryData: { page: 3 } }),
    ];
    const { queue, clock, delivered } = setUpQueue(() => answers.shift() ?? done);
    await verdicts.push({ body: { n: 1 } });
    await queue.idle();

    await clock.advance(59_999);
    expect(delivered).toHaveLength(1);
    await clock.advance(1);

    expect(delivered).toHaveLength(2);
    expect(delivered[1]).toEqual({
      ...delivered[0],
      retryContext: {
        retryCount: 1,
        retryReason: 'FUNCTION_UPSTREAM_RATE_LIMITED',
        retryData: { page: 3 },
        retentionWindow: {
          startTime: new Date(START).toISOString(),
          remainingTimeMs: DAY_MS - 60_000,
        },
      },
    });
    expect(queue.control.pending).toBe(0);
  });

  it('lets the app retry four times, then gives the event up and says so', async () => {
    const { queue, clock, delivered, givenUp } = setUpQueue(() => retry(1));
    const { jobId } = await verdicts.push({ body: {} });

    await clock.advance(DAY_MS);

    expect(delivered).toHaveLength(5);
    expect(givenUp).toEqual([expect.stringContaining('4 retries')]);
    expect(await verdicts.getStats(jobId)).toEqual({ success: 0, inProgress: 0, failed: 1 });
    expect(queue.control.pending).toBe(0);
  });

  it('waits no longer than 15 minutes for a retry', async () => {
    const answers = [retry(5_000)];
    const { clock, delivered } = setUpQueue(() => answers.shift() ?? done);
    await verdicts.push({ body: {} });

    await clock.advance(900_000);

    expect(delivered).toHaveLength(2);
  });

  it('gives up an event whose retryData is over 4 KB', async () => {
    const { queue, givenUp } = setUpQueue(() => retry(1, { retryData: 'x'.repeat(4_096) }));

    await verdicts.push({ body: {} });
    await queue.idle();

    expect(givenUp).toEqual([expect.stringContaining('retryData')]);
  });

  it('repeats after an exception with growing delay, until the event is a day old', async () => {
    const times: number[] = [];
    const { clock, givenUp } = setUpQueue(() => {
      times.push(clock.now() - START);
      throw new Error('out of memory');
    });
    await verdicts.push({ body: {} });

    await clock.advance(2 * DAY_MS);

    const delays = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(delays.slice(0, 3)).toEqual([30_000, 60_000, 120_000]);
    expect(delays).toEqual([...delays].sort((a, b) => a - b));
    expect(Math.max(...delays)).toBe(15 * MINUTE_MS);
    expect(times.at(-1)).toBeLessThan(DAY_MS);
    expect(givenUp).toEqual([expect.stringContaining('out of memory')]);
  });

  it('counts an error after the retries of the app apart from them', async () => {
    const answers: DeliveryOutcome[] = [
      retry(1, { retryData: 'kept' }),
      { outcome: 'error', message: 'crash' },
    ];
    const { clock, delivered } = setUpQueue(() => answers.shift() ?? done);
    await verdicts.push({ body: {} });

    await clock.advance(5 * MINUTE_MS);

    expect(delivered.map(({ retryContext }) => retryContext?.retryCount)).toEqual([
      undefined,
      1,
      2,
    ]);
    expect(delivered[2]?.retryContext).toMatchObject({ retryData: 'kept' });
  });
});

describe('jobs', () => {
  it('tells how far a job is', async () => {
    const { queue, clock } = setUpQueue(({ body }) =>
      (body as { bad?: boolean }).bad ? retry(1) : done,
    );
    const { jobId } = await verdicts.push([
      { body: {} },
      { body: { bad: true } },
      { body: {}, delayInSeconds: 60 },
    ]);

    await queue.idle();
    expect(await verdicts.getStats(jobId)).toEqual({ success: 1, inProgress: 2, failed: 0 });
    await clock.advance(MINUTE_MS);

    expect(await verdicts.getStats(jobId)).toEqual({ success: 2, inProgress: 0, failed: 1 });
  });

  it('delivers nothing more of a cancelled job, not even a retry under way', async () => {
    const gate = createGate<DeliveryOutcome>();
    const { queue, clock, delivered } = setUpQueue(() => gate.opened);
    const { jobId } = await verdicts.push([{ body: {} }, { body: {}, delayInSeconds: 1 }]);
    await settle();

    await verdicts.cancel(jobId);
    gate.open(retry(1));
    await clock.advance(DAY_MS);

    expect(delivered).toHaveLength(1);
    expect(queue.control.pending).toBe(0);
  });

  it('does not know jobs of other queues or ones that are long over', async () => {
    const { queue, clock } = setUpQueue();
    const { jobId } = await verdicts.push({ body: {} });
    await queue.idle();
    await expect(imports.getStats(jobId)).rejects.toThrow(JobDoesNotExistError);
    await expect(imports.cancel(jobId)).rejects.toThrow(JobDoesNotExistError);

    await clock.advance(QueueLimits.jobRetentionMs + 1);
    await verdicts.push({ body: {} });

    await expect(verdicts.getStats(jobId)).rejects.toThrow(JobDoesNotExistError);
  });

  it('takes a push that was sent twice for one', async () => {
    const { queue, delivered } = setUpQueue();
    const push = { queueName: 'verdicts', jobId: 'job-1', payload: [{ body: {} }] };

    expect(queue.handle('publish', push).status).toBe(201);
    expect(queue.handle('publish', push).status).toBe(201);
    await queue.idle();

    expect(delivered).toHaveLength(1);
  });
});
