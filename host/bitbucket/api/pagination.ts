import type { Page } from '../published';
import { badRequest } from './errors';

export interface PageLimits {
  readonly defaultLength: number;
  readonly maximumLength: number;
}

/** Page lengths of the listings that differ from the rest (bitbucket REST introduction, "Pagination"). */
export const pageLimits = {
  standard: { defaultLength: 10, maximumLength: 100 },
  /** The document says 100; the service refuses more than 50. */
  pullRequests: { defaultLength: 10, maximumLength: 50 },
  diffstat: { defaultLength: 500, maximumLength: 5000 },
} as const satisfies Readonly<Record<string, PageLimits>>;

interface Window {
  readonly offset: number;
  readonly length: number;
}

/** @throws {ApiError} 400 for a page length or a page token that Bitbucket would refuse. */
export function windowOf(url: URL, limits: PageLimits): Window {
  const pagelen = url.searchParams.get('pagelen');
  const length = pagelen === null ? limits.defaultLength : Number(pagelen);
  if (!Number.isInteger(length) || length < 1 || length > limits.maximumLength)
    throw badRequest('Invalid pagelen');
  const page = url.searchParams.get('page');
  if (page === null) return { offset: 0, length };
  const offset = /^[1-9]\d{0,6}$/.test(page) ? (Number(page) - 1) * length : offsetOf(page);
  if (offset === undefined) throw badRequest('Invalid page');
  return { offset, length };
}

/** A page over a list that is known as a whole. */
export function pageOf<Item>(url: URL, limits: PageLimits, items: readonly Item[]): Page<Item> {
  const window = windowOf(url, limits);
  const { offset, length } = window;
  return {
    values: items.slice(offset, offset + length),
    pagelen: length,
    size: items.length,
    page: Math.floor(offset / length) + 1,
    ...(offset + length < items.length ? { next: nextLink(url, window) } : {}),
  };
}

/** A page of a listing that is read piece by piece: `read` is asked for one item more than the page holds. */
export async function pageOfIterator<Item>(
  url: URL,
  limits: PageLimits,
  read: (skip: number, limit: number) => Promise<readonly Item[]>,
): Promise<Page<Item>> {
  const window = windowOf(url, limits);
  const { offset, length } = window;
  const items = await read(offset, length + 1);
  return {
    values: items.slice(0, length),
    pagelen: length,
    ...(items.length > length ? { next: nextLink(url, window) } : {}),
  };
}

/** Keeps filter, sort and page length; the token is opaque so that nobody computes the next one. */
function nextLink(url: URL, { offset, length }: Window): string {
  const next = new URL(url);
  next.searchParams.set('pagelen', String(length));
  next.searchParams.set('page', tokenOf(offset + length));
  return next.href;
}

function tokenOf(offset: number): string {
  return Buffer.from(`after:${offset}`).toString('base64url');
}

function offsetOf(token: string): number | undefined {
  const digits = /^after:(\d{1,9})$/.exec(Buffer.from(token, 'base64url').toString('latin1'))?.[1];
  return digits === undefined ? undefined : Number(digits);
}
