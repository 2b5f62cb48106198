import { toRecordedBody, type RecordedAnswer } from '../../support/sonarqube-recordings';
import { publicUrl, realServer } from './real-server';

const date = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{4}/g;
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const commit = /\b[0-9a-f]{40}\b/g;
const serverId = /\b[0-9A-F]{8}-A[\w-]{19}/g;
const duration = /("(?:executionTimeMs|durationMs)":)\d+/g;
const stackTrace = /("errorStacktrace":)"(?:[^"\\]|\\.)*"/g;

/** An answer with everything replaced that differs from run to run or that nobody else may see. */
export async function normalise(
  response: Response,
  secrets: readonly string[],
): Promise<RecordedAnswer> {
  let text = await response.text();
  for (const secret of secrets) text = text.replaceAll(secret, '<secret>');
  const ids = new Map<string, string>();
  const clean = text
    .replaceAll(realServer.baseUrl, publicUrl)
    .replaceAll(date, '2026-01-01T00:00:00+0000')
    .replaceAll(commit, 'c8e602a6c822d8bd2fbec3f622303836d5631879')
    .replaceAll(serverId, 'BF41A1F2-AZ00000000000000000')
    .replaceAll(duration, '$11')
    .replaceAll(stackTrace, '$1"java.net.UnknownHostException"')
    .replaceAll(uuid, (found) => {
      const known =
        ids.get(found) ?? `00000000-0000-4000-8000-${String(ids.size + 1).padStart(12, '0')}`;
      ids.set(found, known);
      return known;
    });
  const contentType = response.headers.get('content-type') ?? '';
  return { status: response.status, contentType, body: toRecordedBody(clean, contentType) };
}
