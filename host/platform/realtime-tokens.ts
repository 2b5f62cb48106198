import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import type { HostClock } from '../clock';

type Permission = 'subscribe' | 'publish';

/** Tokens that let somebody into a realtime channel: whoever listens gets what was published with the same claims. */
export interface RealtimeTokens {
  sign(wanted: {
    readonly channelName: string;
    readonly claims?: unknown;
    readonly permissions?: readonly Permission[] | undefined;
  }): { readonly jwt: string; readonly expiresAt: number };
  /** The claims as text; `undefined` for a token that is forged, over, or good for something else. */
  read(token: string, channel: string, permission: Permission): string | undefined;
}

const Payload = z.object({
  channel: z.object({ name: z.string() }),
  claims: z.unknown(),
  permissions: z.array(z.enum(['subscribe', 'publish'])),
  /** Epoch seconds. */
  exp: z.number(),
});
const goodForSeconds = 3_600;

export function createRealtimeTokens(clock: HostClock): RealtimeTokens {
  const secret = randomBytes(32);
  const header = encode({ alg: 'HS256', typ: 'JWT' });
  const signatureOf = (content: string) =>
    createHmac('sha256', secret).update(content).digest('base64url');

  return {
    sign({ channelName, claims = null, permissions = ['subscribe', 'publish'] }) {
      const exp = Math.floor(clock.now() / 1000) + goodForSeconds;
      const content = `${header}.${encode({ channel: { name: channelName }, claims, permissions, exp })}`;
      return { jwt: `${content}.${signatureOf(content)}`, expiresAt: exp };
    },
    read(token, channel, permission) {
      const [head = '', body = '', signature = ''] = token.split('.');
      const expected = Buffer.from(signatureOf(`${head}.${body}`));
      const given = Buffer.from(signature);
      if (expected.length !== given.length || !timingSafeEqual(expected, given)) return undefined;
      const payload = Payload.parse(JSON.parse(Buffer.from(body, 'base64url').toString()));
      const isGood =
        payload.channel.name === channel &&
        payload.permissions.includes(permission) &&
        payload.exp * 1000 > clock.now();
      return isGood ? JSON.stringify(payload.claims) : undefined;
    },
  };
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
