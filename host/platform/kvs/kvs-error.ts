/** A refusal in the platform's words: HTTP status, code and a sentence that never holds a stored value. */
export class KvsError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(answer: { readonly status: number; readonly code: string }, message: string) {
    super(message);
    this.name = 'KvsError';
    this.status = answer.status;
    this.code = answer.code;
  }
}

/** A documented refusal: status 400 with one of the documented codes. */
export function badRequest(code: string, message: string): KvsError {
  return new KvsError({ status: 400, code }, message);
}

/** A name or key as it may stand in a message: quoted and not longer than a line. */
export function quoted(text: string): string {
  const longest = 80;
  return JSON.stringify(text.length > longest ? `${text.slice(0, longest)}…` : text);
}
