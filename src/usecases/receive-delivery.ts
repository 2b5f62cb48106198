import { deliveryMaxBytes, isSignedBy, isTimely } from '../domain/delivery';
import type { BranchStore } from '../domain/ports/branches';
import type { Clock } from '../domain/ports/clock';
import type { Log } from '../domain/ports/log';
import type { JobQueue } from '../domain/ports/messaging';
import type { BindingStore, DeliveryLog, SecretStore } from '../domain/ports/stores';

/** What a signed body says, as far as it is used. Times are ISO 8601. */
export interface DeliveryMessage {
  readonly projectKey: string;
  /** Absent when the delivery is about a branch. */
  readonly pullRequestKey?: string | undefined;
  readonly isMainBranch: boolean;
  readonly revision?: string | undefined;
  readonly analysedAt?: string | undefined;
  readonly changedAt?: string | undefined;
}

export interface Delivery {
  /** From the path of the web trigger; not known to be one of ours. */
  readonly connectionId: string;
  readonly body: string;
  readonly signature: string;
}

export type DeliveryOutcome =
  'accepted' | 'ignored' | 'refused' | 'tooLarge' | 'malformed' | 'failed';

export interface ReceiveDeliveryOptions {
  readonly secrets: SecretStore;
  readonly bindings: BindingStore;
  readonly branches: BranchStore;
  readonly deliveries: DeliveryLog;
  readonly queue: JobQueue;
  readonly clock: Clock;
  readonly log: Log;
  /** Reads a body whose signature is right; `undefined` when it is not what SonarQube sends. */
  readonly parse: (body: string) => DeliveryMessage | undefined;
}

export type ReceiveDelivery = (delivery: Delivery) => Promise<DeliveryOutcome>;

const connectionIdPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * A message of an analysis server: judged by its signature over the raw body, then queued. Nothing is written or queued
 * for one that is refused, and the message itself is only a hint.
 */
export function createReceiveDelivery(options: ReceiveDeliveryOptions): ReceiveDelivery {
  const { secrets, bindings, branches, deliveries, queue, clock, log, parse } = options;

  async function judge({ connectionId, body, signature }: Delivery): Promise<boolean> {
    if (!connectionIdPattern.test(connectionId)) return false;
    const known = await secrets.findWebhookSecrets(connectionId);
    return known !== undefined && isSignedBy(known, { body, signature, nowMs: clock.nowMs() });
  }

  /** For the page of the connections alone: a message is not refused for it. */
  async function noteMessage(connectionId: string): Promise<void> {
    const seen = { state: 'there', lastMessageAtMs: clock.nowMs() } as const;
    await deliveries
      .noteWebhook(connectionId, seen)
      .catch((error: unknown) => log.error('a message could not be noted', error));
  }

  async function accept(
    { connectionId, signature }: Delivery,
    { projectKey, pullRequestKey, isMainBranch, revision, analysedAt }: DeliveryMessage,
  ): Promise<DeliveryOutcome> {
    if (pullRequestKey === undefined && !isMainBranch) return 'ignored';
    if (!(await bindings.findClaim({ connectionId, projectKey }))) return 'ignored';
    if (!(await deliveries.claim(connectionId, signature))) return 'refused';
    await noteMessage(connectionId);
    if (pullRequestKey === undefined) {
      // Whoever looks at the card of the repository next reads it anew.
      await branches.remove({ connectionId, projectKey });
      return 'accepted';
    }
    try {
      await queue.push({
        kind: 'delivery',
        connectionId,
        projectKey,
        pullRequestKey,
        ...(revision !== undefined && { revision }),
        ...(analysedAt !== undefined && { analysedAt }),
      });
      return 'accepted';
    } catch (error) {
      log.error('a delivery could not be queued', error, { connectionId });
      await deliveries.forget(connectionId, signature);
      return 'failed';
    }
  }

  return async (delivery) => {
    if (Buffer.byteLength(delivery.body) > deliveryMaxBytes) return 'tooLarge';
    if (!(await judge(delivery))) return 'refused';
    const message = parse(delivery.body);
    if (!message) return 'malformed';
    if (!isTimely(message.changedAt ?? message.analysedAt, clock.nowMs())) return 'refused';
    return accept(delivery, message);
  };
}
