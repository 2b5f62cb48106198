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
}

function readNumber(parameters: Parameters, name: string, absent: number): number {
  const text = parameters.find(name);
  if (text === undefined) return absent;
  if (!/^\d+$/u.test(text)) {
    throw new ApiError(
      400,
      `The '${name}' parameter cannot be parsed as an integer value: ${text}`,
    );
  }
  return Number(text);
}

export interface PageRequest {
  readonly pageIndex: number;
  readonly pageSize: number;
  readonly offset: number;
}

/** The page that `p` and `ps` ask for. @throws ApiError 400 beyond the limits and the result window. */
export function readPage(
  parameters: Parameters,
  { defaultSize = 100, maximumSize = SonarQubeLimits.resultsPerPage }: PageLimits = {},
): PageRequest {
  const pageIndex = readNumber(parameters, 'p', 1);
  const pageSize = readNumber(parameters, 'ps', defaultSize);
  if (pageIndex < 1) throw new ApiError(400, `'p' value (${pageIndex}) must be greater than 0`);
  if (pageSize < 1 || pageSize > maximumSize) {
    throw new ApiError(400, `'ps' value (${pageSize}) must be between 1 and ${maximumSize}`);
  }
  const last = pageIndex * pageSize;
  if (last > SonarQubeLimits.resultWindow) {
    const window = SonarQubeLimits.resultWindow;
    throw new ApiError(400, `Can return only the first ${window} results. ${last}th result asked.`);
  }
  return { pageIndex, pageSize, offset: last - pageSize };
}

/** Cuts the page that `p` and `ps` ask for. @throws ApiError 400 beyond the limits and the result window. */
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
