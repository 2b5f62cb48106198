import * as z from 'zod/mini';
import type { Log } from '../domain/ports/log';
import type { DeliveryOutcome, ReceiveDelivery } from '../usecases/receive-delivery';

/** What the platform hands to a web trigger (forge.md 6.3). */
const WebTriggerRequest = z.object({
  method: z.optional(z.string()),
  headers: z.optional(z.record(z.string(), z.array(z.string()))),
  body: z.optional(z.string()),
  userPath: z.optional(z.string()),
});
type WebTriggerRequest = z.infer<typeof WebTriggerRequest>;

export interface WebTriggerAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
}

/** Refusals have the same words whatever the reason, so that they teach nothing. */
const answers: Readonly<Record<DeliveryOutcome, readonly [statusCode: number, message: string]>> = {
  accepted: [202, 'Accepted.'],
  ignored: [200, 'Nothing to do.'],
  refused: [401, 'The delivery is not accepted.'],
  tooLarge: [413, 'The delivery is too large.'],
  malformed: [400, 'The delivery cannot be read.'],
  failed: [500, 'The delivery could not be taken. Send it again.'],
};

const signatureHeader = 'x-sonar-webhook-hmac-sha256';

export interface ReceiveDeliveryHandlerOptions {
  readonly receiveDelivery: ReceiveDelivery;
  readonly log: Log;
}

/** Web trigger `sonarqube-webhook`: what an analysis server sends to `<url>/<connection id>`. */
export function createReceiveDeliveryHandler(options: ReceiveDeliveryHandlerOptions) {
  const { receiveDelivery, log } = options;

  async function decide(request: unknown): Promise<DeliveryOutcome> {
    const parsed = WebTriggerRequest.safeParse(request);
    if (!parsed.success || parsed.data.method?.toUpperCase() !== 'POST') return 'refused';
    try {
      return await receiveDelivery({
        connectionId: (parsed.data.userPath ?? '').replace(/^\//, ''),
        body: parsed.data.body ?? '',
        signature: findHeader(parsed.data, signatureHeader) ?? '',
      });
    } catch (error) {
      log.error('a delivery failed', error);
      return 'failed';
    }
  }

  return async (request: unknown): Promise<WebTriggerAnswer> => {
    const outcome = await decide(request);
    log.info('a delivery arrived', { outcome });
    const [statusCode, message] = answers[outcome];
    return {
      statusCode,
      headers: { 'content-type': ['text/plain; charset=utf-8'] },
      body: message,
    };
  };
}

/** Header names come as they were sent. */
function findHeader({ headers = {} }: WebTriggerRequest, name: string): string | undefined {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1][0];
}
