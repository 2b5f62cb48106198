type Scope = Readonly<Record<string, unknown>>;
type Evaluate = (scope: Scope) => unknown;

const tokenPattern =
  /\s*(==|!=|<=|>=|&&|\|\||[!<>().]|"[^"]*"|'[^']*'|\d+(?:\.\d+)?|[A-Za-z_]\w*)/y;
const comparisons: Readonly<Record<string, (left: unknown, right: unknown) => boolean>> = {
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '<': (left, right) => Number(left) < Number(right),
  '<=': (left, right) => Number(left) <= Number(right),
  '>': (left, right) => Number(left) > Number(right),
  '>=': (left, right) => Number(left) >= Number(right),
};
const words: Readonly<Record<string, unknown>> = { true: true, false: false, null: null };

/**
 * Reads the `filter.expression` of a trigger: members of `event`, literals, comparisons, `!`, `&&`, `||` and brackets.
 * The answer throws while evaluating when a member is missing on the way or the result is no boolean.
 * @throws {Error} for an expression beyond that subset of the platform's language.
 */
export function parseFilter(expression: string): (scope: Scope) => boolean {
  const tokens = tokenize(expression);
  let position = 0;

  function accept(...expected: readonly string[]): string | undefined {
    const token = tokens[position];
    if (token === undefined || !expected.includes(token)) return undefined;
    position += 1;
    return token;
  }

  function or(): Evaluate {
    let left = and();
    while (accept('||')) {
      const [first, second] = [left, and()];
      left = (scope) => first(scope) === true || second(scope) === true;
    }
    return left;
  }

  function and(): Evaluate {
    let left = comparison();
    while (accept('&&')) {
      const [first, second] = [left, comparison()];
      left = (scope) => first(scope) === true && second(scope) === true;
    }
    return left;
  }

  function comparison(): Evaluate {
    const left = unary();
    const operator = accept(...Object.keys(comparisons));
    const compare = operator === undefined ? undefined : comparisons[operator];
    if (!compare) return left;
    const right = unary();
    return (scope) => compare(left(scope), right(scope));
  }

  function unary(): Evaluate {
    if (accept('!')) {
      const operand = unary();
      return (scope) => operand(scope) !== true;
    }
    if (accept('(')) {
      const inner = or();
      if (!accept(')')) throw unsupported(expression);
      return inner;
    }
    return value();
  }

  function value(): Evaluate {
    const token = tokens[position];
    position += 1;
    if (token === undefined || /^[^\w"']/.test(token)) throw unsupported(expression);
    if (/^["']/.test(token)) return () => token.slice(1, -1);
    if (/^\d/.test(token)) return () => Number(token);
    if (token in words) return () => words[token];
    let path: Evaluate = (scope) => memberOf(scope, token);
    while (accept('.')) {
      const member = tokens[position];
      position += 1;
      if (member === undefined || !/^[A-Za-z_]/.test(member)) throw unsupported(expression);
      const owner = path;
      path = (scope) => memberOf(owner(scope), member);
    }
    return path;
  }

  const evaluate = or();
  if (position < tokens.length) throw unsupported(expression);
  return (scope) => {
    const result = evaluate(scope);
    if (typeof result !== 'boolean') throw new Error(`"${expression}" is neither true nor false.`);
    return result;
  };
}

function tokenize(expression: string): string[] {
  const tokens: string[] = [];
  const pattern = new RegExp(tokenPattern);
  while (expression.slice(pattern.lastIndex).trim() !== '') {
    const token = pattern.exec(expression)?.[1];
    if (token === undefined) throw unsupported(expression);
    tokens.push(token);
  }
  return tokens;
}

function memberOf(owner: unknown, name: string): unknown {
  if (typeof owner !== 'object' || owner === null || !Object.hasOwn(owner, name)) {
    throw new Error(`There is no member "${name}".`);
  }
  return (owner as Scope)[name];
}

function unsupported(expression: string): Error {
  return new Error(
    `The local platform does not understand the filter expression "${expression}": it knows members of event, literals, comparisons, !, &&, || and brackets.`,
  );
}
