import {
  type Content,
  dereference,
  isRecord,
  type OpenApiDocument,
  type Parameter,
  type RequestBody,
  type Schema,
} from './openapi-document';
import { createMemberCheck } from './openapi-members';
import { findOperation, listOperations, type Operation } from './openapi-operations';
import { createSchemaCheck } from './openapi-schema';

export interface ContractRequest {
  readonly method: string;
  /** Path and query below the server's base, as sent: `/repositories/%7B…%7D/%7B…%7D?fields=…`. */
  readonly target: string;
  readonly body?: string;
}

export interface ContractAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  /** Target of a redirect, below the server's base. */
  readonly location?: string;
}

/** Something that is right although the document does not name it. */
export interface LiveMember {
  /** Matched against `GET /repositories/{workspace}`; absent means every operation. */
  readonly operation?: RegExp;
  /** Matched against paths such as `values[].links.statuses`. */
  readonly path: RegExp;
  readonly reason: string;
}

export interface ContractOptions {
  /** Members of answers that live ones carry. */
  readonly liveMembers?: readonly LiveMember[];
  /** Query parameters of redirects that live ones carry, each with the reason. */
  readonly liveRedirectParameters?: Readonly<Record<string, string>>;
  /** Statuses that the document leaves out of single operations; each entry says why. */
  readonly commonStatuses?: Readonly<Record<number, string>>;
}

/** Judges single calls by an OpenAPI 3.0 document. Each problem is one sentence; an empty list means that the call is right. */
export interface OpenApiContract {
  readonly operations: readonly Operation[];
  /** Name of the operation, as the document writes it; undefined when it has none for this call. */
  operationOf(request: ContractRequest): string | undefined;
  checkRequest(request: ContractRequest): readonly string[];
  checkAnswer(request: ContractRequest, answer: ContractAnswer): readonly string[];
}

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

/** The text of a parameter as the type that its schema asks for; unchanged when it cannot be one, so that the schema fails. */
function readParameter(text: string, type: unknown): unknown {
  if (type === 'integer' || type === 'number') {
    return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  }
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

export function createOpenApiContract(
  document: OpenApiDocument,
  { liveMembers = [], liveRedirectParameters = {}, commonStatuses = {} }: ContractOptions = {},
): OpenApiContract {
  const operations = listOperations(document);
  const checkValue = createSchemaCheck(document);
  const findUndocumented = createMemberCheck(document);

  function split(target: string) {
    const mark = target.indexOf('?');
    return mark < 0
      ? { path: target, query: new URLSearchParams() }
      : { path: target.slice(0, mark), query: new URLSearchParams(target.slice(mark + 1)) };
  }

  function find({ method, target }: ContractRequest) {
    return findOperation(operations, method, split(target).path);
  }

  function checkParameter(parameter: Parameter, texts: readonly string[]): readonly string[] {
    const { name, schema = {} } = parameter;
    const place = `${parameter.in} parameter "${name}"`;
    if (texts.length === 0) return parameter.required === true ? [`${place} is missing`] : [];
    const isList = schema.type === 'array';
    if (!isList && texts.length > 1) return [`${place} is sent ${texts.length} times`];
    const itemType = isRecord(schema.items) ? schema.items.type : undefined;
    const values = texts.map((text) => readParameter(text, isList ? itemType : schema.type));
    return checkValue(schema, isList ? values : values[0]).map((problem) => `${place}: ${problem}`);
  }

  function checkParameters(
    operation: Operation,
    pathValues: ReadonlyMap<string, string>,
    query: URLSearchParams,
  ) {
    const known = new Set(
      operation.parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name),
    );
    const unknown = [...new Set(query.keys())]
      .filter((name) => !known.has(name))
      .map((name) => `query parameter "${name}" is not documented`);
    const wrong = operation.parameters.flatMap((parameter) => {
      if (parameter.in === 'header') return [];
      const inPath = pathValues.get(parameter.name);
      const texts =
        parameter.in === 'query'
          ? query.getAll(parameter.name)
          : inPath === undefined
            ? []
            : [inPath];
      return checkParameter(parameter, texts);
    });
    return [...unknown, ...wrong];
  }

  function checkRequestBody(operation: Operation, body: string): readonly string[] {
    const { requestBody } = operation.object;
    if (requestBody === undefined)
      return body === '' ? [] : ['a body is sent, and none is documented'];
    const { required, content } = dereference<RequestBody>(document, requestBody);
    if (body === '') return required === true ? ['the body is missing'] : [];
    const schema = content?.['application/json']?.schema;
    const parsed = parseJson(body);
    if (parsed === undefined) return ['the body is not JSON'];
    return schema === undefined ? [] : checkJson(operation, schema, parsed.value);
  }

  function isLive({ name }: Operation, path: string) {
    return liveMembers.some(
      (member) => member.path.test(path) && (member.operation?.test(name) ?? true),
    );
  }

  function checkJson(operation: Operation, schema: Schema, value: unknown): readonly string[] {
    const undocumented = findUndocumented(schema, value)
      .filter((path) => !isLive(operation, path))
      .map((path) => `member "${path}" is not documented`);
    return [...checkValue(schema, value), ...undocumented];
  }

  /** The standard error object, for statuses that the document lists without a body. */
  const errorSchema = { $ref: '#/components/schemas/error' };

  function checkAnswerBody(
    operation: Operation,
    answered: Content,
    answer: ContractAnswer,
  ): readonly string[] {
    const { body, status } = answer;
    const mediaType = (answer.contentType.split(';')[0] ?? '').trim();
    if (answered.content === undefined) {
      const parsed = parseJson(body);
      if (body === '' || (status >= 300 && status < 400)) return [];
      if (status < 400) return ['a body is answered, and none is documented'];
      return parsed === undefined
        ? ['the error is not JSON']
        : checkJson(operation, errorSchema, parsed.value);
    }
    const described = answered.content[mediaType];
    if (described === undefined) {
      const listed = Object.keys(answered.content).join(', ');
      return [`media type "${mediaType}" is not documented (${listed})`];
    }
    if (mediaType !== 'application/json' || described.schema === undefined) return [];
    const parsed = parseJson(body);
    return parsed === undefined
      ? ['the body is not JSON']
      : checkJson(operation, described.schema, parsed.value);
  }

  function checkRedirect({ status, location }: ContractAnswer): readonly string[] {
    if (status < 300 || status >= 400) return [];
    if (location === undefined) return ['a redirect without Location'];
    const { path, query } = split(location);
    for (const name of Object.keys(liveRedirectParameters)) query.delete(name);
    const problems = checkRequest({ method: 'GET', target: `${path}?${query.toString()}` });
    return problems.map((problem) => `Location ${location}: ${problem}`);
  }

  function checkRequest(request: ContractRequest): readonly string[] {
    const { path, query } = split(request.target);
    if (/[{}]/.test(path)) return [`${request.target}: braces in a path must be percent-encoded`];
    const found = findOperation(operations, request.method, path);
    if (found === undefined) return [`${request.method} ${path} is not documented`];
    const { operation, pathValues } = found;
    return [
      ...checkParameters(operation, pathValues, query),
      ...checkRequestBody(operation, request.body ?? ''),
    ].map((problem) => `${operation.name}: ${problem}`);
  }

  return {
    operations,
    operationOf: (request) => find(request)?.operation.name,
    checkRequest,
    checkAnswer(request, answer) {
      const found = find(request);
      if (found === undefined) return [`${request.method} ${request.target} is not documented`];
      const { name, object } = found.operation;
      const listed = object.responses[String(answer.status)];
      const answered = listed ?? (answer.status in commonStatuses ? {} : undefined);
      const problems =
        answered === undefined
          ? [`status ${answer.status} is not documented`]
          : [
              ...checkAnswerBody(found.operation, dereference<Content>(document, answered), answer),
              ...checkRedirect(answer),
            ];
      return problems.map((problem) => `${name} ${answer.status}: ${problem}`);
    },
  };
}
