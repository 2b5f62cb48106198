import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { HostClock } from '../../clock';
import type { RealtimeMessage } from '../types';
import { jsonAnswer, notEmulated, textOf } from './exchange';
import type { Exchange, Handled } from './exchange';
import type { FaultyLine } from './faulty-line';
import type { RealtimeTokens } from '../realtime-tokens';

export interface RealtimeRouteOptions {
  readonly clock: HostClock;
  readonly installationId: string;
  readonly line: FaultyLine;
  readonly tokens: RealtimeTokens;
  readonly publish: (message: RealtimeMessage) => void;
}

const Publish = z.object({
  query: z.string().includes('publishRealtimeChannel('),
  variables: z.object({
    installationId: z.string(),
    name: z.string().min(1),
    /** JSON of what the app published. */
    payload: z.string(),
    isGlobal: z.boolean(),
    token: z.string().nullish(),
  }),
});
const Sign = z.object({
  query: z.string().includes('signRealtimeToken('),
  variables: z.object({
    channelName: z.string().min(1),
    claims: z.unknown(),
    permissions: z.array(z.enum(['subscribe', 'publish'])).optional(),
  }),
});

/** `publish`, `publishGlobal` and `signRealtimeToken` of the realtime package. */
export function createRealtimeRoute(options: RealtimeRouteOptions) {
  const { clock, installationId, line, publish, tokens } = options;
  return async (exchange: Exchange): Promise<Handled> => {
    const log = { kind: 'realtime' } as const;
    const signing = Sign.safeParse(parseJson(exchange.body));
    if (signing.success) {
      const { channelName } = signing.data.variables;
      const answer = await line(exchange.grant, 'realtime', `SIGN ${channelName}`, () => {
        const forgeRealtimeToken = tokens.sign(signing.data.variables);
        const signed = { errors: [], forgeRealtimeToken, success: true };
        return jsonAnswer(200, { data: { ecosystem: { signRealtimeToken: signed } } });
      });
      return { ...log, loggedTarget: channelName, answer };
    }
    const call = Publish.safeParse(parseJson(exchange.body));
    if (!call.success) {
      return { ...log, answer: notEmulated('this call of the realtime package') };
    }
    const { name, payload, isGlobal, installationId: claimed, token } = call.data.variables;
    if (claimed !== installationId) {
      const errors = [{ message: 'The installation of the channel is not that of the app.' }];
      return { ...log, answer: jsonAnswer(200, { errors, data: null }) };
    }
    const audience = token ? tokens.read(token, name, 'publish') : '';
    if (audience === undefined) {
      const errors = [{ message: 'The realtime token is not good for this channel.' }];
      return { ...log, answer: jsonAnswer(200, { errors, data: null }) };
    }
    const answer = await line(exchange.grant, 'realtime', `POST ${name}`, () => {
      publish({ channel: name, payload, isGlobal, ...(audience !== '' && { audience }) });
      const published = {
        eventId: randomUUID(),
        eventTimestamp: String(clock.now()),
      };
      return jsonAnswer(200, { data: { ecosystem: { publishRealtimeChannel: published } } });
    });
    return { ...log, loggedTarget: name, answer };
  };
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(textOf(body));
  } catch {
    return undefined;
  }
}
