/**
 * The part of `Response` that is used. The Forge package types less than it gives: `body` is there for calls that go
 * outside, and its absence means that the text is read in one piece.
 */
export interface HttpResponse {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body?: ReadableStream<Uint8Array> | null;
  text(): Promise<string>;
}
