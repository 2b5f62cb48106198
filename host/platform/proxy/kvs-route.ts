import type { Kvs } from '../kvs/kvs';
import { jsonAnswer, notEmulated } from './exchange';
import type { Exchange, Handled } from './exchange';
import type { FaultyLine } from './faulty-line';
import { answerJson } from './stargate-route';

const apiPath = /^\/api\/v1\/([a-z/]+)$/;

/** Storage calls: `POST /api/v1/<operation>`. */
export function createKvsRoute(kvs: Pick<Kvs, 'handle'>, line: FaultyLine) {
  return async (exchange: Exchange): Promise<Handled> => {
    const { grant, method, target } = exchange;
    const operation = apiPath.exec(target)?.[1];
    if (operation === undefined || method !== 'POST') {
      return { kind: 'kvs', answer: notEmulated(`${method} ${target} on storage`) };
    }
    const answer = await line(grant, 'kvs', operation, () =>
      answerJson(exchange, (body) => {
        const { status, body: answered } = kvs.handle(operation, body);
        return jsonAnswer(status, answered);
      }),
    );
    return {
      kind: 'kvs',
      loggedTarget: operation,
      isSecret: operation.startsWith('secret/'),
      answer,
    };
  };
}
