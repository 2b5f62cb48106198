import * as z from 'zod';
import { PlatformLimits } from '../limits';
import type { Manifest, WebTriggerModule } from '../manifest';
import type { Invoke } from '../supervisor/invoker';
import type { WebTriggerAnswer, WebTriggerRequest } from '../types';
import type { WebTriggerUrls } from '../web-trigger-urls';
import { callOf } from './functions';

const DynamicAnswer = z.object({
  statusCode: z.int().min(100).max(599),
  headers: z.record(z.string(), z.array(z.string())).optional(),
  body: z.string().optional(),
  statusText: z.string().optional(),
});
const StaticAnswer = z.object({ outputKey: z.string() });

/** Requests from the outside to web trigger URLs. No user acts in them. */
export function createWebTriggerIngress(
  invoke: Invoke,
  manifest: Manifest,
  urls: WebTriggerUrls,
): (request: WebTriggerRequest) => Promise<WebTriggerAnswer> {
  return async ({ method, path, headers, queryParameters, body }) => {
    const found = urls.find(path);
    if (!found) return plain(404, 'There is no web trigger at this URL.');
    if (Buffer.byteLength(body) > PlatformLimits.payloadBytes) {
      return plain(413, 'The request is larger than 5 MB.');
    }
    const { module, userPath } = found;
    const event = { method, path, userPath, headers, queryParameters, body };
    const { key, function: functionKey } = module;
    const call = callOf(manifest, { type: 'webtrigger', key, functionKey }, event);
    const outcome = await invoke(call);
    if (outcome.kind !== 'success') return plain(500, 'The function of the web trigger failed.');
    return module.response.type === 'static'
      ? toStaticAnswer(module, outcome.body)
      : toDynamicAnswer(outcome.body);
  };
}

function toDynamicAnswer(result: unknown): WebTriggerAnswer {
  const answer = DynamicAnswer.safeParse(result);
  if (!answer.success) {
    return plain(500, 'The function of the web trigger answered in a wrong form.');
  }
  const { statusCode, headers = {}, body = '' } = answer.data;
  return { statusCode, headers, body };
}

function toStaticAnswer({ response }: WebTriggerModule, result: unknown): WebTriggerAnswer {
  const answer = StaticAnswer.safeParse(result);
  const output = answer.success
    ? response.outputs.find(({ key }) => key === answer.data.outputKey)
    : undefined;
  if (!output) return plain(500, 'The function of the web trigger named none of its outputs.');
  const { statusCode, contentType = 'text/plain', body = '' } = output;
  return { statusCode, headers: { 'Content-Type': [contentType] }, body };
}

function plain(statusCode: number, body: string): WebTriggerAnswer {
  return { statusCode, headers: { 'Content-Type': ['text/plain'] }, body };
}
