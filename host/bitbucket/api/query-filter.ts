import { badRequest } from './errors';

/** Answers whether an item (as the API shows it) fits a `q` expression. */
export type Filter = (item: unknown) => boolean;

type Value = string | number | boolean | null;
type Token =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'symbol'; readonly text: string };

const tokenPattern = /\s*(?:("(?:[^"\\]|\\.)*")|([!<>]=|!~|[()<>=~,])|([^\s()"!<>=~,]+))/sy;

/** Parses Bitbucket's filter language. @throws {ApiError} 400 for a bad expression. */
export function parseFilter(expression: string): Filter {
  const tokens = tokenize(expression);
  let at = 0;

  function isWord(text: string): boolean {
    const token = tokens[at];
    return token?.kind === 'word' && token.text.toUpperCase() === text;
  }
  function takeSymbol(text: string): boolean {
    const token = tokens[at];
    if (token?.kind !== 'symbol' || token.text !== text) return false;
    at += 1;
    return true;
  }
  function parseOr(): Filter {
    const parts = [parseAnd()];
    while (isWord('OR')) {
      at += 1;
      parts.push(parseAnd());
    }
    return (item) => parts.some((part) => part(item));
  }
  function parseAnd(): Filter {
    const parts = [parseTerm()];
    while (isWord('AND')) {
      at += 1;
      parts.push(parseTerm());
    }
    return (item) => parts.every((part) => part(item));
  }
  function parseTerm(): Filter {
    if (takeSymbol('(')) {
      const inner = parseOr();
      if (!takeSymbol(')')) throw malformed(expression);
      return inner;
    }
    return parseComparison();
  }
  function parseComparison(): Filter {
    const field = tokens[at++];
    if (field?.kind !== 'word') throw malformed(expression);
    const path = field.text.split('.');
    const isNegated = isWord('NOT');
    if (isNegated) at += 1;
    if (isWord('IN')) {
      at += 1;
      const values = parseList();
      return (item) => values.includes(valueAt(item, path)) !== isNegated;
    }
    const operator = tokens[at++];
    if (isNegated || operator?.kind !== 'symbol') throw malformed(expression);
    const compare = comparisons[operator.text];
    if (!compare) throw malformed(expression);
    const value = parseValue();
    return (item) => compare(valueAt(item, path), value);
  }
  function parseList(): readonly Value[] {
    if (!takeSymbol('(')) throw malformed(expression);
    const values = [parseValue()];
    while (takeSymbol(',')) values.push(parseValue());
    if (!takeSymbol(')')) throw malformed(expression);
    return values;
  }
  function parseValue(): Value {
    const token = tokens[at++];
    if (token?.kind === 'value') return token.value;
    if (token?.kind !== 'word') throw malformed(expression);
    if (token.text === 'true') return true;
    if (token.text === 'false') return false;
    if (token.text === 'null') return null;
    if (/^-?\d+(\.\d+)?$/.test(token.text)) return Number(token.text);
    // Dates stand without quotes.
    if (/^\d{4}-\d{2}-\d{2}/.test(token.text)) return token.text;
    throw malformed(expression);
  }

  const filter = parseOr();
  if (at !== tokens.length) throw malformed(expression);
  return filter;
}

function tokenize(expression: string): Token[] {
  const tokens: Token[] = [];
  const text = expression.trimEnd();
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < text.length) {
    const match = tokenPattern.exec(text);
    if (!match) throw malformed(expression);
    const [, quoted, symbol, word] = match;
    if (quoted !== undefined)
      tokens.push({ kind: 'value', value: quoted.slice(1, -1).replace(/\\(.)/gs, '$1') });
    else if (symbol !== undefined) tokens.push({ kind: 'symbol', text: symbol });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
  }
  if (tokens.length === 0) throw malformed(expression);
  return tokens;
}

const comparisons: Readonly<Record<string, (actual: Value, wanted: Value) => boolean>> = {
  '=': isEqual,
  '!=': (actual, wanted) => !isEqual(actual, wanted),
  '~': contains,
  '!~': (actual, wanted) => !contains(actual, wanted),
  '>': (actual, wanted) => order(actual, wanted) > 0,
  '>=': (actual, wanted) => order(actual, wanted) >= 0,
  '<': (actual, wanted) => order(actual, wanted) < 0,
  '<=': (actual, wanted) => order(actual, wanted) <= 0,
};

function isEqual(actual: Value, wanted: Value): boolean {
  return actual === wanted;
}

function contains(actual: Value, wanted: Value): boolean {
  return String(actual ?? '')
    .toLowerCase()
    .includes(String(wanted ?? '').toLowerCase());
}

/** Rights are ordered by strength, dates by time, the rest by itself; NaN where two values have no order. */
function order(actual: Value, wanted: Value): number {
  if (typeof actual === 'number' && typeof wanted === 'number') return actual - wanted;
  if (typeof actual !== 'string' || typeof wanted !== 'string') return Number.NaN;
  const permissions = ['none', 'read', 'write', 'admin'];
  if (permissions.includes(actual) && permissions.includes(wanted))
    return permissions.indexOf(actual) - permissions.indexOf(wanted);
  if (/^\d{4}-/.test(wanted)) return Date.parse(actual) - Date.parse(wanted);
  return actual < wanted ? -1 : Number(actual > wanted);
}

/** The value at a dotted path of an item; null where there is none. */
export function valueAt(item: unknown, path: readonly string[]): Value {
  let value: unknown = item;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return null;
    value = Object.entries(value).find(([key]) => key === name)?.[1];
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : null;
}

function malformed(expression: string) {
  return badRequest(`Invalid query: ${expression}`);
}

/** Applies `q` and `sort` of a request to a listing. */
export function select<Item>(url: URL, items: readonly Item[]): readonly Item[] {
  const q = url.searchParams.get('q');
  const filter = q === null ? undefined : parseFilter(q);
  const kept = filter ? items.filter(filter) : [...items];
  const sort = url.searchParams.get('sort');
  if (sort === null) return kept;
  const isDescending = sort.startsWith('-');
  const path = (isDescending ? sort.slice(1) : sort).split('.');
  const sorted = [...kept].sort((a, b) => order(valueAt(a, path), valueAt(b, path)) || 0);
  return isDescending ? sorted.reverse() : sorted;
}
