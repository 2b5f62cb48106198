import { ApiError } from './api-error';

/** @throws ApiError 400 */
export function requireLength(name: string, value: string, maximum: number): string {
  if (value.length <= maximum) return value;
  throw new ApiError(
    400,
    `'${name}' length (${value.length}) is longer than the maximum authorized (${maximum})`,
  );
}

/** @throws ApiError 400 */
export function requireMinimum(name: string, value: string, minimum: number): string {
  if (value.length >= minimum) return value;
  throw new ApiError(
    400,
    `'${name}' length (${value.length}) is shorter than the minimum authorized (${minimum})`,
  );
}

/** The parameters of one request, from its query and its form. */
export interface Parameters {
  /** @throws ApiError 400 when it is missing. */
  get(name: string): string;
  /** The first of these names that has a value: later names are older spellings of the first. */
  find(...names: readonly string[]): string | undefined;
  /** A comma-separated list, or `undefined` when the parameter is missing. */
  findList(...names: readonly string[]): readonly string[] | undefined;
  /** @throws ApiError 400 when it is no boolean. */
  findBoolean(name: string): boolean | undefined;
  /** Whether the parameter is there, even without a value. */
  has(name: string): boolean;
  /** All of them, for the log of writes. */
  entries(): Readonly<Record<string, string>>;
}

const BOOLEAN = new Map([
  ['true', true],
  ['yes', true],
  ['false', false],
  ['no', false],
]);

export function createParameters(values: URLSearchParams): Parameters {
  function find(...names: readonly string[]): string | undefined {
    return (
      names.map((name) => values.get(name)).find((value) => value !== null && value !== '') ??
      undefined
    );
  }
  return {
    find,
    get(name) {
      const value = find(name);
      if (value === undefined) throw new ApiError(400, `The '${name}' parameter is missing`);
      return value;
    },
    findList: (...names) =>
      find(...names)
        ?.split(',')
        .map((entry) => entry.trim())
        .filter((entry) => entry !== ''),
    findBoolean(name) {
      const value = find(name);
      if (value === undefined) return undefined;
      const known = BOOLEAN.get(value);
      if (known === undefined) {
        throw new ApiError(
          400,
          `Property ${name} is not a boolean value: ${value}. Possible values are: true, false, yes, no`,
        );
      }
      return known;
    },
    has: (name) => values.has(name),
    entries: () => Object.fromEntries(values),
  };
}

/** Reads the parameters of a request: POST carries them in its form, and the query counts as well. */
export async function readParameters(request: Request): Promise<Parameters> {
  const values = new URL(request.url).searchParams;
  const type = request.headers.get('Content-Type') ?? '';
  if (request.method === 'POST' && type.includes('application/x-www-form-urlencoded')) {
    for (const [name, value] of new URLSearchParams(await request.text())) values.set(name, value);
  }
  return createParameters(values);
}
