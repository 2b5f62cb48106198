import * as z from 'zod';
import { QueueLimits } from './limits';
import { Unverified } from './unverified';

/** Answer of the queue API: HTTP status and JSON body. */
export interface QueueAnswer {
  readonly status: number;
  readonly body?: unknown;
}

export interface PushedEvent {
  readonly body: Readonly<Record<string, unknown>>;
  readonly delayInSeconds?: number | undefined;
  readonly concurrency?: { readonly key: string; readonly limit: number } | undefined;
}

export interface FailedEvent {
  readonly index: number;
  readonly errorMessage: string;
}

export interface Push {
  readonly queueName: string;
  readonly jobId: string;
  readonly events: readonly PushedEvent[];
  /** Events of the push that are not valid; the others are accepted without them. */
  readonly failedEvents: readonly FailedEvent[];
}

const queueName = z
  .string()
  .regex(/^[a-zA-Z0-9-_]+$/)
  .max(QueueLimits.queueNameCharacters);
const JobReference = z.object({ queueName, jobId: z.string().min(1) });
const PushRequest = JobReference.extend({
  payload: z.array(z.unknown()).min(1).max(QueueLimits.eventsPerPush),
});
const PushedEvent = z.object({
  body: z.record(z.string(), z.unknown()),
  delayInSeconds: z.number().min(0).max(QueueLimits.delaySeconds).optional(),
  concurrency: z.object({ key: z.string().min(1), limit: z.int().min(1) }).optional(),
});

/** A refusal of the queue API. */
export class QueueError extends Error {
  readonly answer: QueueAnswer;

  constructor(answer: QueueAnswer, message: string) {
    super(message);
    this.name = 'QueueError';
    this.answer = answer;
  }
}

export function refusal(
  { status, code }: { readonly status: number; readonly code: string },
  message: string,
): QueueError {
  return new QueueError({ status, body: { code, message } }, message);
}

/** Reads the body of `stats` and `cancel`. @throws {QueueError} */
export function parseJobReference(body: unknown): z.infer<typeof JobReference> {
  return parse(JobReference, body);
}

/** Reads the body of `publish`; `eventBytes` is what one event of this queue may have. @throws {QueueError} 400 or 413. */
export function parsePush(body: unknown, eventBytes: (queueName: string) => number): Push {
  const { queueName: name, jobId, payload } = parse(PushRequest, body);
  const longest = Math.max(...payload.map(bytesOf));
  if (bytesOf(payload) > QueueLimits.pushBytes) throw tooLarge('push', QueueLimits.pushBytes);
  if (longest > eventBytes(name)) throw tooLarge('event', eventBytes(name));
  const events: PushedEvent[] = [];
  const failedEvents: FailedEvent[] = [];
  for (const [index, each] of payload.entries()) {
    const parsed = PushedEvent.safeParse(each);
    if (parsed.success) events.push(parsed.data);
    else failedEvents.push({ index, errorMessage: explain(parsed.error) });
  }
  return { queueName: name, jobId, events, failedEvents };
}

function parse<S extends z.ZodType>(schema: S, body: unknown): z.infer<S> {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw refusal(Unverified.invalidRequest, explain(parsed.error));
  return parsed.data;
}

function explain(error: z.ZodError): string {
  const [issue] = error.issues;
  return `Not valid at "${issue?.path.join('.') ?? ''}": ${issue?.message ?? 'unreadable'}.`;
}

function tooLarge(what: 'push' | 'event', bytes: number): QueueError {
  const errorMessage = `The maximum size of one ${what} is ${bytes / 1024} KB.`;
  return new QueueError({ status: 413, body: { errorMessage } }, errorMessage);
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
