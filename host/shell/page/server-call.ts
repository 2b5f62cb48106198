/** A call to the host's own server that it refused, in words for the person or the app. */
export class ServerCallError extends Error {
  override readonly name = 'ServerCallError';
}

/** Posts JSON to the shell's server and gives its answer; a page that the host has forgotten loads itself anew. */
export async function post(path: string, body: unknown): Promise<unknown> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (response.status === 410) {
    location.reload();
    throw new ServerCallError('The host was started anew; the page loads again.');
  }
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok)
    throw new ServerCallError(messageIn(answer) ?? `The host answered ${response.status}.`);
  return answer;
}

function messageIn(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null || !('message' in answer)) return undefined;
  return typeof answer.message === 'string' ? answer.message : undefined;
}
