import fc from 'fast-check';
import type { PullRequestView } from '../../../src/contracts/verdict';
import { CallFailure } from '../../../static/shared/bridge/call';
import {
  createLiveView,
  emptySnapshot,
  type LiveSnapshot,
} from '../../../static/pull-request/src/live/live-view';
import { buildView, viewFixtures } from '../../support/build-view';
import { createManualPorts, settle } from '../support/manual-ports';

function setUp() {
  const world = createManualPorts();
  const seen: LiveSnapshot[] = [];
  const live = createLiveView(world.ports, (snapshot) => seen.push(snapshot));
  const current = () => seen.at(-1) ?? emptySnapshot;
  /** Answers the one open request; fails the test when there is none. */
  async function answer(view = viewFixtures.passed): Promise<void> {
    const [request] = world.open();
    if (!request) throw new Error('No request is open.');
    request.answer(view);
    await settle();
  }
  async function fail(cause: CallFailure): Promise<void> {
    world.open()[0]?.fail(cause);
    await settle();
  }
  return { ...world, live, seen, current, answer, fail };
}

/** Answers every read with the same view and returns the pauses between the reads. */
async function pauses(view: PullRequestView, count: number) {
  const world = setUp();
  world.live.start();
  const result: (number | undefined)[] = [];
  for (let read = 0; read < count; read += 1) {
    await world.answer(view);
    const pauseMs = world.nextTimerInMs();
    result.push(pauseMs);
    await world.advance(pauseMs ?? 0);
  }
  return result;
}

describe('polling', () => {
  it('[F4] asks every minute while the verdict is settled', async () => {
    expect(await pauses(viewFixtures.passed, 3)).toEqual([60_000, 60_000, 60_000]);
  });

  it('[F4] asks soon and then ever less often while the verdict is changing', async () => {
    const found = await pauses(viewFixtures.pending, 12);

    expect(found.slice(0, 3)).toEqual([5_000, 7_500, 11_250]);
    expect(found.at(-1)).toBe(60_000);
  });

  it('starts again with short pauses when something changed', async () => {
    const world = setUp();
    world.live.start();
    for (const sequence of [1, 1, 1, 2]) {
      await world.answer(buildView({ sequence, state: 'pending' }));
      if (sequence === 1) await world.advance(world.nextTimerInMs() ?? 0);
    }

    expect(world.nextTimerInMs()).toBe(5_000);
  });

  it('[F4] stops while the page is hidden and reads at once when it is seen again', async () => {
    const world = setUp();
    world.live.start();
    await world.answer();

    world.setHidden(true);
    world.live.visibilityChanged();
    expect(world.timerCount()).toBe(0);
    await world.advance(600_000);
    expect(world.started).toHaveLength(1);

    world.setHidden(false);
    world.live.visibilityChanged();
    expect(world.started).toHaveLength(2);
  });

  it('reads once even when the page is opened in the background', async () => {
    const world = setUp();
    world.setHidden(true);

    world.live.start();
    await world.answer();

    expect(world.current().view).toBeDefined();
    expect(world.timerCount()).toBe(0);
  });

  it('asks nothing after it was stopped', async () => {
    const world = setUp();
    world.live.start();
    await world.answer();

    world.live.stop();
    await world.advance(600_000);

    expect(world.started).toHaveLength(1);
    expect(world.channels()).toEqual([]);
  });
});

describe('messages', () => {
  it('[F4] reads again when the channel of the view has a message', async () => {
    const world = setUp();
    world.live.start();
    await world.answer();

    world.publish('verdict-7');
    await world.answer(buildView({ sequence: 2, state: 'failed' }));

    expect(world.current().view?.state).toBe('failed');
  });

  it('reads once more, and only once, for the messages that come during a read', async () => {
    const world = setUp();
    world.live.start();
    await world.answer();
    world.publish('verdict-7');

    world.publish('verdict-7');
    world.publish('verdict-7');
    expect(world.open()).toHaveLength(1);
    await world.answer();
    await world.answer();

    expect(world.started).toHaveLength(3);
    expect(world.open()).toHaveLength(0);
  });

  it('follows the view to another channel', async () => {
    const world = setUp();
    world.live.start();
    await world.answer();
    world.publish('verdict-7');
    await world.answer(buildView({ channel: 'verdict-7b' }));

    expect(world.channels()).toEqual(['verdict-7b']);
  });

  it('[F4] goes on with polling where the platform has no realtime', async () => {
    const world = setUp();
    world.withoutRealtime();
    world.live.start();

    await world.answer();

    expect(world.nextTimerInMs()).toBe(60_000);
    expect(world.current().failure).toBeUndefined();
  });
});

describe('answers', () => {
  it('keeps the newer answer when an older one comes later', async () => {
    const world = setUp();
    world.live.start();
    await world.answer(buildView({ sequence: 5 }));
    await world.advance(60_000);

    await world.answer(buildView({ sequence: 4, state: 'failed' }));

    expect(world.current().view).toMatchObject({ sequence: 5, state: 'passed' });
  });

  it('keeps what is known, with the failure, while the app does not answer', async () => {
    const world = setUp();
    world.live.start();
    await world.answer();
    await world.advance(60_000);

    await world.fail(new CallFailure('UNAVAILABLE'));

    expect(world.current().view).toBeDefined();
    expect(world.current().failure?.code).toBe('UNAVAILABLE');
    expect(world.nextTimerInMs()).toBe(7_500);
  });

  it('waits as long as the answer asks for', async () => {
    const world = setUp();
    world.live.start();

    await world.fail(new CallFailure('RATE_LIMITED', '', 90));

    expect(world.nextTimerInMs()).toBe(90_000);
  });

  it.each(['FORBIDDEN', 'NOT_FOUND', 'NOT_SIGNED_IN'] as const)(
    'shows nothing of the pull request after %s, and asks no more by itself',
    async (code) => {
      const world = setUp();
      world.live.start();
      await world.answer();
      await world.advance(60_000);

      await world.fail(new CallFailure(code));

      expect(world.current().view).toBeUndefined();
      expect(world.timerCount()).toBe(0);
    },
  );

  it('forgets the failure when the person tries again and it works', async () => {
    const world = setUp();
    world.live.start();
    await world.fail(new CallFailure('UNEXPECTED'));

    world.live.retry();
    await world.answer();

    expect(world.current()).toMatchObject({ failure: undefined, view: { state: 'passed' } });
  });
});

describe('a refresh by hand', () => {
  it('[F5] waits for the read that is under way and then re-reads the server', async () => {
    const world = setUp();
    world.live.start();

    world.live.refresh();
    world.live.refresh();
    expect(world.current().isRefreshing).toBe(true);
    await world.answer();
    expect(world.open().map(({ kind }) => kind)).toEqual(['refresh']);
    world.open()[0]?.answer(viewFixtures.passed, 'unchanged');
    await settle();

    expect(world.current()).toMatchObject({
      isRefreshing: false,
      notice: { outcome: 'unchanged', count: 1 },
    });
    expect(world.started).toHaveLength(2);
  });

  it('ends when the server cannot be asked', async () => {
    const world = setUp();
    world.live.start();
    await world.answer();

    world.live.refresh();
    await world.fail(new CallFailure('UNAVAILABLE'));

    expect(world.current()).toMatchObject({ isRefreshing: false, notice: undefined });
    expect(world.current().view).toBeDefined();
  });
});

type Step =
  | { readonly kind: 'advance'; readonly ms: number }
  | { readonly kind: 'answer'; readonly sequence: number; readonly changing: boolean }
  | { readonly kind: 'fail'; readonly code: 'UNAVAILABLE' | 'FORBIDDEN' }
  | { readonly kind: 'message' | 'hide' | 'show' | 'refresh' | 'retry' };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('advance' as const), ms: fc.integer({ min: 1, max: 120_000 }) }),
  fc.record({
    kind: fc.constant('answer' as const),
    sequence: fc.integer({ min: 0, max: 20 }),
    changing: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('fail' as const),
    code: fc.constantFrom('UNAVAILABLE' as const, 'FORBIDDEN' as const),
  }),
  fc.record({ kind: fc.constantFrom('message', 'hide', 'show', 'refresh', 'retry') }),
);

it('never has two requests in flight, never polls when hidden and never goes back in time', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const world = setUp();
      let isHidden = false;
      world.live.start();
      for (const next of steps) {
        const [request] = world.open();
        const before = world.started.length;
        switch (next.kind) {
          case 'advance':
            await world.advance(next.ms);
            break;
          case 'answer':
            request?.answer(
              buildView({ sequence: next.sequence, state: next.changing ? 'pending' : 'passed' }),
            );
            break;
          case 'fail':
            request?.fail(new CallFailure(next.code));
            break;
          case 'message':
            world.publish('verdict-7');
            break;
          case 'hide':
          case 'show':
            isHidden = next.kind === 'hide';
            world.setHidden(isHidden);
            world.live.visibilityChanged();
            break;
          case 'refresh':
            if (!isHidden) world.live.refresh();
            break;
          case 'retry':
            if (!isHidden) world.live.retry();
        }
        await settle();

        expect(world.open().length).toBeLessThanOrEqual(1);
        expect(world.timerCount()).toBeLessThanOrEqual(1);
        const polls = world.started.slice(before).filter(({ kind }) => kind === 'read');
        if (isHidden) expect(polls).toEqual([]);
      }

      let newest = -1;
      for (const { view } of world.seen) {
        // A refused view is gone, and what comes after it starts anew.
        newest = view ? Math.max(newest, view.sequence) : -1;
        if (view) expect(view.sequence).toBe(newest);
      }
    }),
    { numRuns: 300 },
  );
});
