import * as z from 'zod';
import type { WebTriggerUrls } from '../web-trigger-urls';
import { jsonAnswer, notEmulated, textOf } from './exchange';
import type { Answer, Exchange, Handled } from './exchange';
import type { FaultyLine } from './faulty-line';

export interface StargateRouteOptions {
  readonly queue: {
    handle(
      operation: 'publish' | 'stats' | 'cancel',
      body: unknown,
      cause?: { readonly eventId: string },
    ): { readonly status: number; readonly body?: unknown };
  };
  readonly urls: WebTriggerUrls;
  readonly line: FaultyLine;
}

const GraphqlCall = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).default({}),
});
const CreateUrl = z.object({
  input: z.object({ triggerKey: z.string(), secretKeyConfig: z.unknown().optional() }),
  forceCreate: z.boolean().optional(),
});
const DeleteUrl = z.object({ id: z.string() });
// The rest of the path is literal placeholders: the identity comes from the token.
const queuePath = /^\/webhook\/queue\/(publish|stats|cancel)\//;

/** Calls to the platform's own gateway: the queue, and the GraphQL operations behind the web trigger functions. */
export function createStargateRoute({ queue, urls, line }: StargateRouteOptions) {
  return async (exchange: Exchange, provider: string): Promise<Handled> => {
    const { grant, method, target } = exchange;
    const operation = queuePath.exec(target)?.[1];
    if (operation === 'publish' || operation === 'stats' || operation === 'cancel') {
      const answer = await line(grant, 'queue', `${method} ${target}`, () =>
        answerJson(exchange, (body) => {
          const cause = grant.eventId === undefined ? undefined : { eventId: grant.eventId };
          const { status, body: answered } = queue.handle(operation, body, cause);
          return jsonAnswer(status, answered);
        }),
      );
      return { kind: 'queue', answer };
    }
    if (target === '/graphql' && provider === 'app') {
      return { kind: 'graphql', answer: answerJson(exchange, (body) => graphql(urls, body)) };
    }
    return { kind: 'other', answer: notEmulated(`${method} ${target} on stargate as ${provider}`) };
  };
}

/** Hands the parsed body on; what is not JSON is refused. */
export function answerJson(exchange: Exchange, handle: (body: unknown) => Answer): Answer {
  let body: unknown;
  try {
    body = JSON.parse(textOf(exchange.body));
  } catch {
    return jsonAnswer(400, { code: 'INVALID_JSON', message: 'The request body is not JSON.' });
  }
  return handle(body);
}

function graphql(urls: WebTriggerUrls, body: unknown): Answer {
  const call = GraphqlCall.safeParse(body);
  if (!call.success) return graphqlError('The GraphQL request has no query.');
  const { query, variables } = call.data;
  if (query.includes('createWebTriggerUrl(')) {
    const { input, forceCreate = false } = CreateUrl.parse(variables);
    if (input.secretKeyConfig !== undefined) {
      return notEmulated('webTrigger.getUrl with secretKeyConfig');
    }
    const url = urls.create(input.triggerKey, forceCreate);
    return url === undefined
      ? graphqlError(`The manifest has no web trigger "${input.triggerKey}".`)
      : jsonAnswer(200, { data: { createWebTriggerUrl: { url } } });
  }
  if (query.includes('deleteWebTriggerUrl(')) {
    const success = urls.delete(DeleteUrl.parse(variables).id);
    const message = success ? null : 'There is no web trigger URL with this id.';
    return jsonAnswer(200, { data: { deleteWebTriggerUrl: { success, message } } });
  }
  if (query.includes('webTriggerUrlsByAppContext(')) {
    return jsonAnswer(200, { data: { webTriggerUrlsByAppContext: urls.list() } });
  }
  const name = /(?:query|mutation)\s+(\w+)/.exec(query)?.[1] ?? 'without a name';
  return notEmulated(`the GraphQL operation ${name}`);
}

function graphqlError(message: string): Answer {
  return jsonAnswer(200, { errors: [{ message }], data: null });
}
