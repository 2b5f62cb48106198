import type { HostClock } from '../../clock';
import type { HostDatabase } from '../../database';
import type { Installation, QueueControl } from '../types';
import { createDispatcher } from './dispatcher';
import { createEventStore, type RetryContext, type StoredEvent } from './event-store';
import { QueueLimits } from './limits';
import {
  parseJobReference,
  parsePush,
  QueueError,
  refusal,
  type QueueAnswer,
} from './push-request';
import type { DeliveryOutcome } from './retries';
import { Unverified } from './unverified';

/** A consumer of the manifest; `method` only in the old form, `timeoutSeconds` from its function. */
export interface QueueConsumer {
  readonly key: string;
  readonly queue: string;
  readonly functionKey: string;
  readonly method?: string;
  readonly timeoutSeconds?: number;
}

/** What a consumer is given. */
export interface DeliveredEvent {
  readonly body: unknown;
  readonly queueName: string;
  readonly jobId: string;
  readonly eventId: string;
  readonly retryContext?: RetryContext & {
    readonly retentionWindow: { readonly startTime: string; readonly remainingTimeMs: number };
  };
}

export interface QueueOptions {
  readonly database: HostDatabase;
  readonly clock: HostClock;
  readonly manifest: { readonly consumers: readonly QueueConsumer[] };
  readonly installation: Installation;
  readonly deliver: (consumer: QueueConsumer, event: DeliveredEvent) => Promise<DeliveryOutcome>;
  /** 0 to 1, excluded: shuffles what is due, since Forge keeps no order. Absent: in the order of due times. */
  readonly random?: () => number;
  /** Told of every event that is given up, with the reason. */
  readonly onGivenUp?: (
    event: { readonly queueName: string; readonly jobId: string; readonly eventId: string },
    reason: string,
  ) => void;
}

/** The event whose consumer makes a call; by it the queue follows causal chains. */
export interface QueueCallCause {
  readonly eventId: string;
}

export interface Queue {
  /** Answers one call of the async events API. Refusals are answers. */
  handle(
    operation: 'publish' | 'stats' | 'cancel',
    body: unknown,
    cause?: QueueCallCause,
  ): QueueAnswer;
  readonly control: QueueControl;
  /** Resolves when no event is due now and none is being delivered. */
  idle(): Promise<void>;
  /** Ends deliveries; an event that is with its consumer is delivered again after the next start. */
  stop(): void;
}

/**
 * Forge's async events for one installation: at least once, in no order, durable in the host's database.
 * @throws {Error} when two consumers of the manifest read the same queue.
 */
export function createQueue(options: QueueOptions): Queue {
  const { database, clock, manifest, installation, deliver, random } = options;
  const { onGivenUp = () => undefined } = options;
  const consumers = byQueue(manifest.consumers);
  const store = createEventStore(database, installation.installationId);
  const dispatcher = createDispatcher({
    clock,
    store,
    random,
    onGivenUp,
    deliver(event) {
      const consumer = consumers.get(event.queueName);
      if (!consumer) {
        return Promise.reject(
          new Error(`No consumer of the manifest reads the queue "${event.queueName}" any more.`),
        );
      }
      return deliver(consumer, toDelivered(event, clock.now()));
    },
  });
  store.recoverDeliveries();
  dispatcher.wake();

  function eventBytes(queueName: string): number {
    const { timeoutSeconds = 0 } = getConsumer(queueName);
    return timeoutSeconds > QueueLimits.longRunningAfterSeconds
      ? QueueLimits.longRunningEventBytes
      : QueueLimits.pushBytes;
  }

  function getConsumer(queueName: string): QueueConsumer {
    const consumer = consumers.get(queueName);
    if (!consumer) {
      throw refusal(
        Unverified.unknownQueue,
        `No consumer of the manifest reads the queue "${queueName}"; these are read: ${[...consumers.keys()].join(', ')}.`,
      );
    }
    return consumer;
  }

  function publish(body: unknown, cause: QueueCallCause | undefined): QueueAnswer {
    const now = clock.now();
    const { queueName, jobId, events, failedEvents } = parsePush(body, eventBytes);
    if (store.hasJob(jobId)) return { status: 201 };
    if (store.countSince(now - 60_000) + events.length > QueueLimits.eventsPerMinute) {
      throw refusal(
        { status: 429, code: 'TOO_MANY_REQUESTS' },
        `${QueueLimits.eventsPerMinute} events may be pushed in one minute; push the rest later.`,
      );
    }
    if (cause && store.countChain(cause.eventId) >= QueueLimits.pushesPerChain) {
      throw refusal(
        { status: 405, code: 'INVOCATION_LIMIT_REACHED' },
        `${QueueLimits.pushesPerChain} pushes in a row were caused by one another; start anew from an event, a schedule or a page.`,
      );
    }
    store.forgetBefore(now - QueueLimits.jobRetentionMs);
    store.add({ jobId, queueName, events, causedBy: cause?.eventId }, now);
    dispatcher.wake();
    return failedEvents.length > 0 ? { status: 202, body: { failedEvents } } : { status: 201 };
  }

  function answer(
    operation: 'publish' | 'stats' | 'cancel',
    body: unknown,
    cause: QueueCallCause | undefined,
  ): QueueAnswer {
    if (operation === 'publish') return publish(body, cause);
    const { jobId, queueName } = parseJobReference(body);
    if (operation === 'cancel') {
      if (!store.cancel(jobId, queueName)) throw unknownJob(jobId, queueName);
      return { status: 204 };
    }
    const stats = store.findStats(jobId, queueName);
    if (!stats) throw unknownJob(jobId, queueName);
    return { status: 200, body: stats };
  }

  return {
    handle(operation, body, cause) {
      try {
        return answer(operation, body, cause);
      } catch (error) {
        if (error instanceof QueueError) return error.answer;
        throw error;
      }
    },
    control: {
      deliverNext: (times) => dispatcher.deliverNext(times),
      pause: () => dispatcher.pause(),
      resume: () => dispatcher.resume(),
      get pending() {
        return store.countUnfinished();
      },
    },
    idle: () => dispatcher.idle(),
    stop: () => dispatcher.stop(),
  };
}

function byQueue(consumers: readonly QueueConsumer[]): ReadonlyMap<string, QueueConsumer> {
  const found = new Map<string, QueueConsumer>();
  for (const consumer of consumers) {
    const other = found.get(consumer.queue);
    if (other) {
      throw new Error(
        `The consumers "${other.key}" and "${consumer.key}" of the manifest read the same queue "${consumer.queue}"; keep one of them.`,
      );
    }
    found.set(consumer.queue, consumer);
  }
  return found;
}

function toDelivered(event: StoredEvent, now: number): DeliveredEvent {
  const { body, queueName, jobId, eventId, publishedAt, retryContext } = event;
  return {
    body,
    queueName,
    jobId,
    eventId,
    ...(retryContext && {
      retryContext: {
        ...retryContext,
        retentionWindow: {
          startTime: new Date(publishedAt).toISOString(),
          remainingTimeMs: Math.max(0, publishedAt + QueueLimits.retentionMs - now),
        },
      },
    }),
  };
}

function unknownJob(jobId: string, queueName: string): QueueError {
  return refusal(
    { status: 404, code: 'JOB_NOT_FOUND' },
    `The queue "${queueName}" has no job "${jobId}".`,
  );
}
