import type { TokenFacts } from '../contracts/connections';

const dayMs = 24 * 60 * 60 * 1000;
/** Without a known end, a token of this age is worth a new one. */
const oldAfterDays = 365;

export type TokenWarning = NonNullable<TokenFacts['warning']>;

/**
 * What to say of a token at this moment: 30, 7 and 1 days before its end, after it, and at a year of age where no end is
 * known. `undefined` while nothing has to be done.
 */
export function toTokenWarning(
  { savedAt, expiresAt }: Pick<TokenFacts, 'savedAt' | 'expiresAt'>,
  nowMs: number,
): TokenWarning | undefined {
  if (expiresAt === undefined) {
    const isOld = nowMs - Date.parse(savedAt) >= oldAfterDays * dayMs;
    if (!isOld) return undefined;
    return {
      level: 'old',
      message: 'The token is more than a year old. Make a new one and rotate it.',
    };
  }
  const leftMs = Date.parse(expiresAt) - nowMs;
  if (leftMs <= 0) {
    return { level: 'expired', message: 'The token has ended. Make a new one and rotate it now.' };
  }
  const days = Math.ceil(leftMs / dayMs);
  if (days > 30) return undefined;
  return {
    level: days <= 1 ? 'day' : days <= 7 ? 'week' : 'month',
    message: `The token ends ${days === 1 ? 'within a day' : `in ${days} days`}. Make a new one and rotate it before.`,
  };
}
