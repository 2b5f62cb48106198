import * as z from 'zod';
import type { HostClock } from '../clock';
import type { Faults } from '../faults';
import type { BitbucketNeighbour } from '../neighbour';
import type { Traffic } from '../traffic';
import type { Frame } from './frame/registry';

export const ProductFetch = z.object({
  product: z.string(),
  restPath: z.string(),
  fetchRequestInit: z
    .object({
      method: z.string().optional(),
      headers: z.array(z.tuple([z.string(), z.string()])).default([]),
      body: z.string().nullable().optional(),
    })
    .default({ headers: [] }),
  isMultipartFormData: z.boolean().default(false),
});
export type ProductFetch = z.infer<typeof ProductFetch>;

interface ProductAnswer {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly status: number;
  readonly statusText: string;
  readonly isAttachment: boolean;
}

interface ProductFetchOptions {
  readonly bitbucket: BitbucketNeighbour;
  readonly scopes: readonly string[];
  readonly clock: HostClock;
  readonly traffic: Traffic;
  readonly faults: Faults;
}

/** `requestBitbucket` of a frame: a call of Bitbucket's API as the person who looks at the page. */
export async function fetchProduct(
  options: ProductFetchOptions,
  frame: Frame,
  call: ProductFetch,
): Promise<ProductAnswer> {
  if (call.product !== 'bitbucket') {
    throw new Error(`The app is installed in Bitbucket; "${call.product}" cannot be called.`);
  }
  if (!call.restPath.startsWith('/2.0/')) {
    throw new Error(`requestBitbucket takes paths that begin with /2.0/, not "${call.restPath}".`);
  }
  if (call.isMultipartFormData) throw new Error('Uploads are not emulated by the local host.');
  const { method = 'GET', headers, body } = call.fetchRequestInit;
  const request = new Request(`https://api.bitbucket.org${call.restPath}`, {
    method,
    headers,
    ...(body === undefined || body === null || method === 'GET' ? {} : { body }),
  });
  const answer =
    faultAnswer(options.faults, `${method} ${call.restPath}`) ??
    (await options.bitbucket.fetch(request, {
      kind: 'user',
      accountId: frame.page.accountId,
      scopes: options.scopes,
    }));
  const text = await answer.text();
  options.traffic.record({
    call: {
      at: options.clock.now(),
      invocationId: `frame ${frame.module.key}`,
      functionKey: '',
      kind: 'bitbucket',
      identity: 'user',
      method,
      target: call.restPath,
      requestHeaders: Object.fromEntries(headers),
      requestBody: body ?? '',
      status: answer.status,
      responseHeaders: Object.fromEntries(answer.headers),
      responseBody: text,
    },
  });
  return {
    body: text,
    headers: Object.fromEntries(answer.headers),
    status: answer.status,
    statusText: answer.statusText,
    isAttachment: false,
  };
}

/** Of the faults only an answer can be shown to a page; the others end in the same way as a broken line. */
function faultAnswer(faults: Faults, call: string): Response | undefined {
  const effect = faults.take('bitbucket', call);
  if (!effect) return undefined;
  if (effect.kind !== 'answer') return new Response('', { status: 502 });
  return new Response(effect.body ?? '', {
    status: effect.status,
    ...(effect.headers ? { headers: effect.headers } : {}),
  });
}
