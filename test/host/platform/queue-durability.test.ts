import { Queue } from '@forge/events';
import * as fc from 'fast-check';
import type { DeliveryOutcome } from '../../../host/platform/queue/retries';
import { setUpDatabaseFile } from './kvs-support';
import { createGate, done, settle, setUpQueue } from './queue-support';

const verdicts = new Queue({ key: 'verdicts' });
const HOUR_MS = 60 * 60_000;

describe('restart of the host', () => {
  const files = setUpDatabaseFile();
  afterAll(() => files.remove());

  it('delivers what was pushed before, and again what was being delivered', async () => {
    const first = setUpQueue(
      ({ body }) => ((body as { n: number }).n === 1 ? done : new Promise(() => undefined)),
      { database: files.open() },
    );
    await verdicts.push([
      { body: { n: 1 } },
      { body: { n: 2 } },
      { body: { n: 3 }, delayInSeconds: 30 },
    ]);
    await settle();
    first.queue.stop();

    const { queue, delivered, clock } = setUpQueue(() => done, {
      database: files.reopen(first.database),
    });
    await queue.idle();
    expect(delivered.map(({ body }) => body)).toEqual([{ n: 2 }]);
    expect(delivered[0]?.eventId).toBe(first.delivered[1]?.eventId);
    await clock.advance(30_000);

    expect(delivered.map(({ body }) => body)).toEqual([{ n: 2 }, { n: 3 }]);
    queue.stop();
  });

  it('writes nothing after it was stopped, when the database may be closed', async () => {
    const gate = createGate<DeliveryOutcome>();
    const { queue, database } = setUpQueue(() => gate.opened, { database: files.open() });
    await verdicts.push({ body: {} });
    await settle();

    queue.stop();
    files.reopen(database);
    gate.open(done);
    await settle();

    await expect(queue.idle()).resolves.toBeUndefined();
  });
});

describe('at least once', () => {
  it('loses no event, whatever the consumer answers and however often the host restarts', async () => {
    const step = fc.constantFrom('done', 'retry', 'error', 'throw', 'twice', 'restart');
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 12 }),
        fc.integer({ min: 1, max: 6 }),
        async (steps, count) => {
          const script = [...steps];
          const seen = new Set<number>();
          const handler = (event: { body: unknown }): DeliveryOutcome => {
            const next = script.shift();
            if (next === 'error') return { outcome: 'error', message: 'crash' };
            if (next === 'throw') throw new Error('thrown');
            if (next === 'retry') return { outcome: 'retry', retryAfterSeconds: 5 };
            if (next === 'twice') world.queue.control.deliverNext(2);
            if (next === 'restart') {
              world.queue.stop();
              world = setUpQueue(handler, { database: world.database, clock: world.clock });
              return done;
            }
            seen.add((event.body as { n: number }).n);
            return done;
          };
          let world = setUpQueue(handler);
          await verdicts.push(Array.from({ length: count }, (_, n) => ({ body: { n } })));

          // Hour by hour: a queue that was started anew by a delivery at the end of an hour asks for its retry in the next.
          for (let hour = 0; hour < 12; hour += 1) {
            await world.clock.advance(HOUR_MS);
            await world.queue.idle();
          }

          const expected = Array.from({ length: count }, (_, n) => n);
          // Five retry requests for one event end it, as they do on Forge.
          if (world.givenUp.length === 0 && steps.filter((each) => each === 'retry').length <= 4) {
            expect([...seen].sort()).toEqual(expected);
          }
          expect(world.queue.control.pending).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });
});
