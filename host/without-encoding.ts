/** An answer whose body was unpacked on its way here, without the headers that say it is packed. */
export function withoutEncoding(answer: Response): Response {
  const headers = new Headers(answer.headers);
  for (const name of ['content-encoding', 'content-length', 'transfer-encoding']) {
    headers.delete(name);
  }
  // A body with one of these is a mistake.
  const hasBody = ![101, 204, 205, 304].includes(answer.status);
  return new Response(hasBody ? answer.body : null, { status: answer.status, headers });
}
