import * as z from 'zod';
import { KvsError } from './kvs-error';
import { KvsLimits } from './limits';
import { Unverified } from './unverified';

const MetadataFields = z.array(z.enum(['CREATED_AT', 'UPDATED_AT', 'EXPIRE_TIME']));
const secondsPerUnit = { SECONDS: 1, MINUTES: 60, HOURS: 3_600, DAYS: 86_400 } as const;
const Ttl = z
  .object({ unit: z.enum(['SECONDS', 'MINUTES', 'HOURS', 'DAYS']), value: z.number().positive() })
  .refine(({ unit, value }) => value * secondsPerUnit[unit] <= KvsLimits.ttlSeconds, {
    message: 'may be one year at most',
  });

export const GetOptions = z.strictObject({ metadataFields: MetadataFields.optional() }).optional();
export type MetadataField = z.infer<typeof MetadataFields>[number];

/** Options of a write in a batch or transaction. */
export const ItemSetOptions = z.strictObject({ ttl: Ttl.optional() }).optional();

/** Options of a write of one key. */
export const SetOptions = z
  .strictObject({
    ttl: Ttl.optional(),
    keyPolicy: z.enum(['OVERRIDE', 'FAIL_IF_EXISTS']).optional(),
    returnValue: z.enum(['PREVIOUS', 'LATEST']).optional(),
    returnMetadataFields: MetadataFields.optional(),
  })
  .refine(({ returnValue, keyPolicy }) => returnValue === undefined || keyPolicy === 'OVERRIDE', {
    message: 'returnValue needs keyPolicy OVERRIDE',
  })
  .optional();

/** Reads a body or a part of one. @throws {KvsError} naming the member that does not fit. */
export function parseRequest<S extends z.ZodType>(schema: S, body: unknown): z.infer<S> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue?.path.join('.') ?? '';
  throw new KvsError(
    Unverified.invalidRequest,
    `The request is not valid${place === '' ? '' : ` at "${place}"`}: ${issue?.message ?? 'unreadable'}.`,
  );
}

/** When a value written now ends, in epoch milliseconds; null without a TTL. */
export function toExpiresAt(ttl: z.infer<typeof Ttl> | undefined, now: number): number | null {
  return ttl === undefined ? null : now + Math.round(ttl.value * secondsPerUnit[ttl.unit] * 1000);
}
