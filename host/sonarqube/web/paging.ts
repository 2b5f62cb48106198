import { SonarQubeLimits } from '../limits';
import { ApiError } from './api-error';
import type { Parameters } from './parameters';

export interface Page<T> {
  readonly entries: readonly T[];
  readonly paging: {
    readonly pageIndex: number;
    readonly pageSize: number;
    readonly total: number;
  };
}

interface PageLimits {
  readonly defaultSize?: number;
  readonly maximumSize?: number;
  /** Answered from the search index, which has a result window and words of its own. */
  readonly isIndexed?: boolean;
}

function readPageIndex(parameters: Parameters): number {
  const text = parameters.find('p');
  if (text === undefined) return 1;
  if (/^-?\d+$/u.test(text)) return Number(text);
  throw new ApiError(400, `The 'p' parameter cannot be parsed as an integer value: ${text}`);
}

function readPageSize(parameters: Parameters, defaultSize: number, maximumSize: number): number {
  const text = parameters.find('ps');
  if (text === undefined) return defaultSize;
  if (!/^-?\d+$/u.test(text)) {
    throw new ApiError(400, `'ps' value '${text}' cannot be parsed as an integer`);
  }
  const size = Number(text);
  if (size <= maximumSize) return size;
  throw new ApiError(400, `'ps' value (${size}) must be less than ${maximumSize}`);
}

function requirePositive(pageIndex: number, pageSize: number): void {
  if (pageIndex < 1) {
    throw new ApiError(400, `Page index must be strictly positive. Got ${pageIndex}`);
  }
  if (pageSize < 1) {
    throw new ApiError(400, `Page size must be strictly positive. Got ${pageSize}`);
  }
}

function requireInWindow(pageIndex: number, pageSize: number, maximumSize: number): void {
  if (pageIndex < 1) {
    throw new ApiError(400, `Page must be greater or equal to 1 (got ${pageIndex})`);
  }
  if (pageSize < 1) {
    throw new ApiError(400, `Page size must be between 1 and ${maximumSize} (got ${pageSize})`);
  }
  const window = SonarQubeLimits.resultWindow;
  const last = pageIndex * pageSize;
  if (last > window) {
    throw new ApiError(400, `Can return only the first ${window} results. ${last}th result asked.`);
  }
}

export interface PageRequest {
  readonly pageIndex: number;
  readonly pageSize: number;
  readonly offset: number;
}

/** The page that `p` and `ps` ask for. @throws ApiError 400 beyond the limits, in the words of a real server. */
export function readPage(
  parameters: Parameters,
  {
    defaultSize = 100,
    maximumSize = SonarQubeLimits.resultsPerPage,
    isIndexed = false,
  }: PageLimits = {},
): PageRequest {
  const pageIndex = readPageIndex(parameters);
  const pageSize = readPageSize(parameters, defaultSize, maximumSize);
  if (isIndexed) requireInWindow(pageIndex, pageSize, maximumSize);
  else requirePositive(pageIndex, pageSize);
  return { pageIndex, pageSize, offset: (pageIndex - 1) * pageSize };
}

/** Cuts the page that `p` and `ps` ask for. @throws ApiError as `readPage`. */
export function cutPage<T>(
  all: readonly T[],
  parameters: Parameters,
  limits: PageLimits = {},
): Page<T> {
  const { pageIndex, pageSize, offset } = readPage(parameters, limits);
  return {
    entries: all.slice(offset, offset + pageSize),
    paging: { pageIndex, pageSize, total: all.length },
  };
}
