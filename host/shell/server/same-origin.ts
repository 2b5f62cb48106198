import type { MiddlewareHandler } from 'hono';

const readOnly = new Set(['GET', 'HEAD']);

/**
 * Lets a request that changes something through only when it comes from the shell's own pages. Ports of one machine
 * share cookies, so a cookie alone would also let the app's frame (another origin) act as the person.
 */
export function onlyFromOwnPages(origin: string): MiddlewareHandler {
  return async (context, next) => {
    if (!readOnly.has(context.req.method) && !isOwn(context.req.raw.headers, origin)) {
      return context.text(`This may only be asked for from a page of ${origin}.`, 403);
    }
    return next();
  };
}

function isOwn(headers: Headers, origin: string): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin') return false;
  return headers.get('origin') === origin;
}
