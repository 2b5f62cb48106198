import { createOpenApiContract } from './openapi';
import type { OpenApiDocument } from './openapi-document';

/** A small document with every construct that the published one uses. */
const document: OpenApiDocument = {
  servers: [{ url: 'https://api.example.com/2.0' }],
  paths: {
    '/repositories/{workspace}/{repo_slug}/pullrequests/{id}': {
      parameters: [
        { name: 'workspace', in: 'path', required: true, schema: { type: 'string' } },
        { name: 'repo_slug', in: 'path', required: true, schema: { type: 'string' } },
        { name: 'id', in: 'path', required: true, schema: { type: 'integer' } },
      ],
      get: {
        parameters: [{ $ref: '#/components/parameters/fields' }],
        responses: {
          '200': json({ $ref: '#/components/schemas/pullrequest' }),
          '401': {},
          '404': json({ $ref: '#/components/schemas/error' }),
          '429': { $ref: '#/components/responses/RateLimited' },
        },
      },
    },
    '/repositories/{workspace}/{repo_slug}/pullrequests/activity': {
      get: { responses: { '200': json({ type: 'array', items: { type: 'string' } }) } },
    },
    '/repositories/{workspace}/{repo_slug}/pullrequests': {
      get: {
        parameters: [
          { $ref: '#/components/parameters/pagelen' },
          { name: 'merge', in: 'query', schema: { type: 'boolean' } },
          {
            name: 'state',
            in: 'query',
            schema: { type: 'array', items: { type: 'string', enum: ['OPEN', 'MERGED'] } },
          },
        ],
        responses: { '200': json({ type: 'object' }) },
      },
      post: {
        requestBody: {
          required: true,
          ...json({
            type: 'object',
            required: ['title'],
            properties: { title: { type: 'string', maxLength: 5 } },
          }),
        },
        responses: { '201': json({ $ref: '#/components/schemas/pullrequest' }) },
      },
    },
    '/repositories/{workspace}/{repo_slug}/src/{commit}/{path}': {
      get: { responses: { '200': { content: { 'text/plain': {} } } } },
    },
    '/repositories/{workspace}/{repo_slug}/diff/{spec}': {
      get: { responses: { '302': {} } },
    },
  },
  components: {
    parameters: {
      fields: { name: 'fields', in: 'query', schema: { type: 'string' } },
      pagelen: {
        name: 'pagelen',
        in: 'query',
        schema: { type: 'integer', minimum: 1, maximum: 50 },
      },
    },
    responses: { RateLimited: { content: { 'text/plain': {} } } },
    schemas: {
      object: {
        type: 'object',
        properties: { type: { type: 'string' } },
        additionalProperties: true,
      },
      account: {
        allOf: [
          { $ref: '#/components/schemas/object' },
          { type: 'object', properties: { uuid: { type: 'string' } }, additionalProperties: true },
        ],
      },
      user: {
        allOf: [
          { $ref: '#/components/schemas/account' },
          {
            type: 'object',
            properties: { account_id: { type: 'string' } },
            additionalProperties: true,
          },
        ],
      },
      pullrequest: {
        allOf: [
          { $ref: '#/components/schemas/object' },
          {
            type: 'object',
            required: ['id'],
            properties: {
              id: { type: 'integer' },
              created_on: { type: 'string', format: 'date-time' },
              state: { type: 'string', enum: ['OPEN', 'MERGED'] },
              author: { $ref: '#/components/schemas/account' },
              closed_by: { allOf: [{ $ref: '#/components/schemas/account' }], nullable: true },
              data: { type: 'object', additionalProperties: true },
            },
            additionalProperties: true,
          },
        ],
      },
      error: {
        type: 'object',
        properties: {
          type: { type: 'string' },
          error: {
            type: 'object',
            required: ['message'],
            properties: { message: { type: 'string' } },
          },
        },
      },
    },
  },
};

function json(schema: Record<string, unknown>) {
  return { content: { 'application/json': { schema } } };
}

const contract = createOpenApiContract(document);
const target = '/repositories/%7Bw%7D/%7Br%7D/pullrequests/7';

function checkAnswer(status: number, body: unknown, contentType = 'application/json') {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return contract.checkAnswer({ method: 'GET', target }, { status, contentType, body: text });
}

function checkGet(path: string) {
  return contract.checkRequest({ method: 'GET', target: path });
}

describe('a request', () => {
  it('is found under its path template with encoded braces', () => {
    expect(contract.operationOf({ method: 'get', target })).toBe(
      'GET /repositories/{workspace}/{repo_slug}/pullrequests/{id}',
    );
    expect(checkGet(`${target}?fields=id`)).toEqual([]);
  });

  it('prefers the path with the more literal segments', () => {
    expect(
      contract.operationOf({ method: 'GET', target: '/repositories/w/r/pullrequests/activity' }),
    ).toBe('GET /repositories/{workspace}/{repo_slug}/pullrequests/activity');
  });

  it('lets the path of a file hold slashes', () => {
    expect(checkGet('/repositories/w/r/src/abc/dir/file%20name.ts')).toEqual([]);
  });

  it.each([
    ['an undocumented path', '/repositories/w/r/wiki', /not documented/],
    ['a trailing slash', '/repositories/w/r/pullrequests/', /not documented/],
    [
      'braces that are not encoded',
      '/repositories/{w}/r/pullrequests/7',
      /must be percent-encoded/,
    ],
    ['an unknown query parameter', `${target}?expand=all`, /"expand" is not documented/],
    [
      'a path parameter of the wrong type',
      '/repositories/w/r/pullrequests/seven',
      /"id".*must be integer/,
    ],
    [
      'a query parameter of the wrong type',
      '/repositories/w/r/pullrequests?pagelen=many',
      /"pagelen".*must be integer/,
    ],
    [
      'a query parameter out of range',
      '/repositories/w/r/pullrequests?pagelen=51',
      /"pagelen".*must be <= 50/,
    ],
    [
      'a list with a wrong item',
      '/repositories/w/r/pullrequests?state=OPEN&state=CLOSED',
      /"state".*allowed values/,
    ],
    ['a parameter sent twice', `${target}?fields=id&fields=state`, /sent 2 times/],
    [
      'a boolean that is none',
      '/repositories/w/r/pullrequests?merge=1',
      /"merge".*must be boolean/,
    ],
  ])('fails for %s', (_, path, sentence) => {
    const problems = checkGet(path);

    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(sentence);
  });

  it('accepts a list parameter sent once per item', () => {
    expect(checkGet('/repositories/w/r/pullrequests?state=OPEN&state=MERGED&pagelen=50')).toEqual(
      [],
    );
  });

  it.each([
    ['is missing', '', /the body is missing/],
    ['is not JSON', '{', /the body is not JSON/],
    ['lacks a required member', '{}', /required property 'title'/],
    ['is too long', '{"title":"too long"}', /more than 5 characters/],
    ['has a wrong member', '{"title":"ok","titel":"x"}', /"titel" is not documented/],
  ])('fails when its body %s', (_, body, sentence) => {
    const problems = contract.checkRequest({
      method: 'POST',
      target: '/repositories/w/r/pullrequests',
      body,
    });

    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(sentence);
  });

  it('fails when it sends a body where none is documented', () => {
    expect(contract.checkRequest({ method: 'GET', target, body: '{}' })).toHaveLength(1);
  });
});

describe('an answer', () => {
  it('passes with every documented member, null where the document allows it', () => {
    expect(
      checkAnswer(200, {
        type: 'pullrequest',
        id: 7,
        state: 'OPEN',
        created_on: '2026-05-27T06:42:44.936130+00:00',
        closed_by: null,
        author: { type: 'user', uuid: '{u}', account_id: 'a' },
        data: { anything: 1 },
      }),
    ).toEqual([]);
  });

  it.each([
    ['a wrong member', { id: 7, titel: 'x' }, /"titel" is not documented/],
    ['a missing required member', { state: 'OPEN' }, /required property 'id'/],
    ['a member of the wrong type', { id: '7' }, /\/id must be integer/],
    ['a value outside its enum', { id: 7, state: 'CLOSED' }, /\/state must be equal/],
    ['null where it is not allowed', { id: 7, author: null }, /\/author must be object/],
    ['a malformed date', { id: 7, created_on: 'today' }, /\/created_on must match format/],
    [
      'a member of the extending type that is wrong',
      { id: 7, author: { type: 'user', account_id: 1 } },
      /\/author\/account_id must be string/,
    ],
    [
      'a member that only another type has',
      { id: 7, author: { type: 'team', account_id: 'a' } },
      /"author.account_id" is not documented/,
    ],
    ['half an answer', '{"id":', /not JSON/],
  ])('fails for %s', (_, body, sentence) => {
    const problems = checkAnswer(200, body);

    expect(problems.length).toBeGreaterThan(0);
    expect(problems.join('\n')).toMatch(sentence);
  });

  it('fails for an undocumented status', () => {
    expect(checkAnswer(403, { type: 'error', error: { message: 'no' } })).toEqual([
      'GET /repositories/{workspace}/{repo_slug}/pullrequests/{id} 403: status 403 is not documented',
    ]);
  });

  it('accepts a status that is common to all operations, in the standard form of errors', () => {
    const lenient = createOpenApiContract(document, { commonStatuses: { 403: 'missing scope' } });
    const answer = { status: 403, contentType: 'application/json' };

    expect(
      lenient.checkAnswer({ method: 'GET', target }, { ...answer, body: '{"error":{}}' }),
    ).toHaveLength(1);
    expect(
      lenient.checkAnswer(
        { method: 'GET', target },
        { ...answer, body: '{"type":"error","error":{"message":"no"}}' },
      ),
    ).toEqual([]);
  });

  it('asks for the standard form of errors where the document lists a status without a body', () => {
    expect(checkAnswer(401, { type: 'error', error: { message: 'no' } })).toEqual([]);
    expect(checkAnswer(401, '<html>')).toHaveLength(1);
  });

  it('fails for an undocumented media type', () => {
    expect(checkAnswer(429, 'slow down', 'text/plain')).toEqual([]);
    expect(checkAnswer(429, {}, 'application/json')[0]).toMatch(/media type/);
  });

  it('accepts live members that are named with a reason', () => {
    const lenient = createOpenApiContract(document, {
      liveMembers: [{ path: /^rendered$/, reason: 'sent by the live service' }],
    });

    expect(
      lenient.checkAnswer(
        { method: 'GET', target },
        { status: 200, contentType: 'application/json', body: '{"id":7,"rendered":{}}' },
      ),
    ).toEqual([]);
  });

  it('follows a redirect only to a documented operation', () => {
    const request = { method: 'GET', target: '/repositories/w/r/diff/1' };
    const answer = { status: 302, contentType: '', body: '' };

    expect(contract.checkAnswer(request, { ...answer, location: target })).toEqual([]);
    expect(contract.checkAnswer(request, { ...answer, location: '/nowhere' })).toHaveLength(1);
    expect(contract.checkAnswer(request, answer)).toHaveLength(1);
  });
});
