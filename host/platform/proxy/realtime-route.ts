import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { HostClock } from '../../clock';
import type { RealtimeMessage } from '../types';
import { jsonAnswer, notEmulated, textOf } from './exchange';
import type { Exchange, Handled } from './exchange';
import type { FaultyLine } from './faulty-line';

export interface RealtimeRouteOptions {
  readonly clock: HostClock;
  readonly installationId: string;
  readonly line: FaultyLine;
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
  }),
});

/** `publish` and `publishGlobal` of the realtime package. */
export function createRealtimeRoute(options: RealtimeRouteOptions) {
  const { clock, installationId, line, publish } = options;
  return async (exchange: Exchange): Promise<Handled> => {
    const log = { kind: 'realtime' } as const;
    const call = parse(exchange.body);
    if (!call.success) {
      return { ...log, answer: notEmulated('this call of the realtime package') };
    }
    const { name, payload, isGlobal, installationId: claimed } = call.data.variables;
    if (claimed !== installationId) {
      const errors = [{ message: 'The installation of the channel is not that of the app.' }];
      return { ...log, answer: jsonAnswer(200, { errors, data: null }) };
    }
    const answer = await line(exchange.grant, 'realtime', `POST ${name}`, () => {
      publish({ channel: name, payload, isGlobal });
      const published = {
        eventId: randomUUID(),
        eventTimestamp: String(clock.now()),
      };
      return jsonAnswer(200, { data: { ecosystem: { publishRealtimeChannel: published } } });
    });
    return { ...log, loggedTarget: name, answer };
  };
}

function parse(body: Uint8Array) {
  try {
    return Publish.safeParse(JSON.parse(textOf(body)));
  } catch {
    return Publish.safeParse(undefined);
  }
}
