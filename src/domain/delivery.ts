import { createHmac, timingSafeEqual } from 'node:crypto';
import type { WebhookSecrets } from './ports/stores';

const minuteMs = 60_000;

/**
 * SonarQube sends a delivery once, within seconds. One that says it is older was kept and sent again by somebody; clocks
 * may differ a little. A signature is remembered for as long as its delivery could still be of an allowed age.
 */
export const deliveryWindow = {
  oldestMs: 15 * minuteMs,
  clockSkewMs: 5 * minuteMs,
  rememberedMs: 60 * minuteMs,
} as const;

/** The secret that was replaced stays good for deliveries that are on their way (features.md F1). */
export const previousSecretMs = 10 * minuteMs;

/** Largest body that is looked at; real ones have some kilobytes. */
export const deliveryMaxBytes = 1024 * 1024;

const signaturePattern = /^[0-9a-f]{64}$/;

/** Whether a body was signed with one of the secrets, compared in constant time. */
export function isSignedBy(
  secrets: WebhookSecrets,
  {
    body,
    signature,
    nowMs,
  }: { readonly body: string; readonly signature: string; readonly nowMs: number },
): boolean {
  if (!signaturePattern.test(signature)) return false;
  const given = Buffer.from(signature, 'hex');
  const valid = [secrets.current, ...(secrets.next === undefined ? [] : [secrets.next])];
  const { previous } = secrets;
  if (previous && nowMs < previous.validUntilMs) valid.push(previous.secret);
  // Every secret is tried, so that the time says nothing about which one fits.
  return valid
    .map((secret) => timingSafeEqual(createHmac('sha256', secret).update(body).digest(), given))
    .includes(true);
}

/** Whether a delivery is as young as SonarQube sends it. Not when it names no time. */
export function isTimely(changedAt: string | undefined, nowMs: number): boolean {
  const atMs = changedAt === undefined ? Number.NaN : Date.parse(changedAt);
  return atMs >= nowMs - deliveryWindow.oldestMs && atMs <= nowMs + deliveryWindow.clockSkewMs;
}
