/** A request as the proxy gets it: bytes, and the content type that their form implies. */
export interface EncodedBody {
  readonly bytes: Uint8Array;
  readonly contentType?: string;
}

/** Turns any body that fetch takes into bytes. */
export async function encodeBody(
  body: BodyInit | null | undefined,
): Promise<EncodedBody | undefined> {
  if (body === null || body === undefined) return undefined;
  const holder = new Response(body);
  const contentType = holder.headers.get('content-type');
  const bytes = new Uint8Array(await holder.arrayBuffer());
  return { bytes, ...(contentType === null ? {} : { contentType }) };
}
