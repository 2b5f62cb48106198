import type { HostClock } from '../../clock';
import { PlatformLimits } from '../limits';
import { Unverified } from '../unverified';
import { proxyError } from './exchange';
import type { Answer } from './exchange';
import type { Grant } from './grants';

/** Counts an outside request of an invocation; answers a refusal when it is one too many for this minute of run time. */
export function countOutbound(clock: HostClock, grant: Grant): Answer | undefined {
  const { outboundPerMinute, outboundWindowMs } = PlatformLimits;
  const window = Math.floor((clock.now() - grant.startedAt) / outboundWindowMs);
  const count = window === grant.outbound.window ? grant.outbound.count + 1 : 1;
  grant.outbound = { window, count };
  if (count <= outboundPerMinute) return undefined;
  const message = `A function may make ${outboundPerMinute} outside requests in one minute of its run time.`;
  return proxyError(429, Unverified.tooManyOutboundRequests, message);
}
