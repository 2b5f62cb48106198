import {
  InvocationLimitReachedError,
  PartialSuccessError,
  PayloadTooBigError,
  Queue,
  RateLimitError,
} from '@forge/events';
import { QueueLimits } from '../../../host/platform/queue/limits';
import { createQueue } from '../../../host/platform/queue/queue';
import { installation } from './kvs-support';
import { connectQueue, consumers, done, setUpQueue } from './queue-support';

const verdicts = new Queue({ key: 'verdicts' });
const imports = new Queue({ key: 'imports' });
const MINUTE_MS = 60_000;

describe('what Forge refuses', () => {
  it('takes 500 events in a minute, and refuses the push that goes over', async () => {
    const { queue, clock, delivered } = setUpQueue();
    const fifty = Array.from({ length: 50 }, () => ({ body: {} }));
    for (let push = 0; push < 10; push += 1) await verdicts.push(fifty);

    await expect(verdicts.push({ body: {} })).rejects.toThrow(RateLimitError);
    await queue.idle();
    expect(delivered).toHaveLength(500);
    await clock.advance(MINUTE_MS);

    await expect(verdicts.push({ body: {} })).resolves.toHaveProperty('jobId');
  });

  it('takes 100 KB per event where the consumer may run longer than 55 seconds', async () => {
    const { queue, delivered } = setUpQueue();
    const text = 'x'.repeat(101 * 1024);

    await expect(imports.push({ body: { text } })).rejects.toThrow(PayloadTooBigError);
    await expect(verdicts.push({ body: { text } })).resolves.toHaveProperty('jobId');

    await queue.idle();
    expect(delivered).toHaveLength(1);
  });

  it('refuses a push over 200 KB that the package let through', () => {
    const { queue } = setUpQueue();
    const payload = [{ body: { text: 'x'.repeat(200 * 1024) } }];

    const answer = queue.handle('publish', { queueName: 'verdicts', jobId: 'job', payload });

    expect(answer).toMatchObject({
      status: 413,
      body: { errorMessage: expect.any(String) as string },
    });
  });

  it('names the queues that exist when one does not', async () => {
    setUpQueue();

    await expect(new Queue({ key: 'verdict' }).push({ body: {} })).rejects.toThrow(
      /"verdict".*verdicts, imports/,
    );
  });

  it('takes the valid events of a push and names the others', async () => {
    const { queue, delivered } = setUpQueue();
    const bad = { body: { n: 2 }, concurrency: { key: 'k', limit: 0 } };

    const pushed = verdicts.push([{ body: { n: 1 } }, bad]);

    await expect(pushed).rejects.toThrow(PartialSuccessError);
    await expect(pushed).rejects.toMatchObject({ failedEvents: [{ payload: bad }] });
    await queue.idle();
    expect(delivered.map(({ body }) => body)).toEqual([{ n: 1 }]);
  });

  it('ends a chain of pushes that cause one another after 1,000', async () => {
    let refusal: unknown;
    const { queue, clock, delivered } = setUpQueue(async (event) => {
      connectQueue(queue, { eventId: event.eventId });
      await verdicts.push({ body: {}, delayInSeconds: 1 }).catch((error: unknown) => {
        refusal = error;
      });
      return done;
    });
    await verdicts.push({ body: {} });

    await clock.advance(2_000_000);

    expect(delivered).toHaveLength(QueueLimits.pushesPerChain);
    expect(refusal).toBeInstanceOf(InvocationLimitReachedError);
    connectQueue(queue);
    await expect(verdicts.push({ body: {} })).resolves.toHaveProperty('jobId');
  });

  it.each([
    null,
    'text',
    {},
    { queueName: 'verdicts' },
    { queueName: 'verdicts', jobId: 'j', payload: [] },
  ])('answers the malformed body %j with a refusal', (body) => {
    const { queue } = setUpQueue();

    expect(queue.handle('publish', body).status).toBe(400);
  });

  it('does not start with two consumers on one queue', () => {
    const { clock, database } = setUpQueue();
    const manifest = { consumers: [...consumers, { ...consumers[0], key: 'another' }] };

    expect(() =>
      createQueue({
        clock,
        database,
        manifest,
        installation,
        deliver: () => Promise.resolve(done),
      }),
    ).toThrow(/"verdict-jobs" and "another".*"verdicts"/);
  });
});
