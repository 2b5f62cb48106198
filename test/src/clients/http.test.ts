import * as z from 'zod/mini';
import { createHttp, type HttpCall } from '../../../src/clients/http/http';
import type { HttpResponse } from '../../../src/clients/http/response';
import {
  RemoteContractError,
  RemoteEgressBlockedError,
  RemoteForbiddenError,
  RemoteNotFoundError,
  RemoteRateLimitedError,
  RemoteRejectedError,
  RemoteUnauthorizedError,
  RemoteUnavailableError,
  type RemoteError,
} from '../../../src/errors/remote-errors';
import { startMs } from '../../support/app/build-app-data';
import { createMemoryLog } from '../../support/app/memory-log';

const Answer = z.object({ value: z.number() });
const limits = { timeoutMs: 5_000, maxAnswerBytes: 64 * 1024, maxTries: 2, longestWaitMs: 1_000 };

type Reply = Response | Error | HttpResponse;

function setUp(replies: readonly (Reply | ((signal: AbortSignal) => Promise<Reply>))[]) {
  const log = createMemoryLog();
  const time = { nowMs: startMs };
  const waits: number[] = [];
  const rest = [...replies];
  const http = createHttp({
    clock: { nowMs: () => time.nowMs },
    log,
    sleep(delayMs) {
      waits.push(delayMs);
      time.nowMs += delayMs;
      return Promise.resolve();
    },
    isPassedThrough: (error) => error instanceof RangeError,
  });
  async function send(signal: AbortSignal): Promise<HttpResponse> {
    const next = rest.shift();
    if (!next) throw new Error('Nobody expected another call.');
    const reply = typeof next === 'function' ? await next(signal) : next;
    if (reply instanceof Error) throw reply;
    return reply;
  }
  const call: HttpCall = {
    service: 'sonarqube',
    operation: 'issues/search',
    host: 'sonar.example.com',
    isIdempotent: true,
    limits,
    send,
  };
  return { http, log, call, waits, time, rest };
}

function json(body: unknown, init: ResponseInit = {}): Response {
  return Response.json(body, init);
}

async function failureOf(
  replies: Parameters<typeof setUp>[0],
  part: Partial<HttpCall> = {},
): Promise<RemoteError> {
  const { http, call } = setUp(replies);
  const error: unknown = await http
    .readJson({ ...call, ...part }, Answer)
    .catch((failure: unknown) => failure);
  return error as RemoteError;
}

describe('a call to another service', () => {
  it('answers what the schema names', async () => {
    const { http, call } = setUp([json({ value: 1, more: 'unknown' })]);

    expect(await http.readJson(call, Answer)).toEqual({ value: 1 });
  });

  it.each<[string, Response, abstract new (...given: never[]) => RemoteError]>([
    ['401 without a body', new Response(null, { status: 401 }), RemoteUnauthorizedError],
    ['403', json({}, { status: 403 }), RemoteForbiddenError],
    ['404', json({}, { status: 404 }), RemoteNotFoundError],
    ['400', json({}, { status: 400 }), RemoteRejectedError],
    ['429', new Response('Rate limit', { status: 429 }), RemoteRateLimitedError],
    [
      '403 of the egress filter',
      new Response('', { status: 403, headers: { 'forge-proxy-error': 'BLOCKED_EGRESS' } }),
      RemoteEgressBlockedError,
    ],
  ])('fails by what can be done about %s', async (_, reply, Failure) => {
    expect(await failureOf([reply])).toBeInstanceOf(Failure);
  });

  it.each([
    ['notJson', new Response('<html>Login</html>', { headers: { 'content-type': 'text/html' } })],
    ['notJson', new Response('\n <!doctype html>')],
    ['empty', new Response('')],
    ['empty', new Response(null, { status: 200 })],
    ['incomplete', new Response('{"value": 1, "mo')],
    ['shape', json({ value: 'one' })],
    ['redirect', new Response(null, { status: 302, headers: { location: 'https://other' } })],
  ])('says that an answer is not usable: %s', async (fault, reply) => {
    const error = await failureOf([reply]);

    expect(error).toBeInstanceOf(RemoteContractError);
    expect(error).toMatchObject({ fault });
  });

  it('stops reading an answer of ten megabytes at its limit', async () => {
    const chunk = new Uint8Array(16 * 1024).fill(32);
    let sent = 0;
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += chunk.byteLength;
        if (sent > 10 * 1024 * 1024) controller.close();
        else controller.enqueue(chunk);
      },
    });

    expect(await failureOf([new Response(stream)])).toMatchObject({ fault: 'tooLarge' });
    expect(sent).toBeLessThan(2 * limits.maxAnswerBytes);
  });

  it('does not begin to read an answer that says it is too large', async () => {
    const headers = { 'content-length': String(limits.maxAnswerBytes + 1) };

    expect(await failureOf([new Response('{}', { headers })])).toMatchObject({ fault: 'tooLarge' });
  });

  it('holds an answer without a stream to the same limit', async () => {
    const reply: HttpResponse = {
      ok: true,
      status: 200,
      headers: new Headers(),
      text: () => Promise.resolve(' '.repeat(limits.maxAnswerBytes + 1)),
    };

    expect(await failureOf([reply])).toMatchObject({ fault: 'tooLarge' });
  });

  it('ends a call that hangs by the signal that it hands over, and does not try again', async () => {
    const given: AbortSignal[] = [];
    const hang = (signal: AbortSignal) => {
      given.push(signal);
      return Promise.resolve(new DOMException('The operation timed out.', 'TimeoutError'));
    };

    expect(await failureOf([hang])).toBeInstanceOf(RemoteUnavailableError);
    expect(given).toHaveLength(1);
  });

  it('gives its time-out to the transport', async () => {
    const waitForAbort = (signal: AbortSignal) =>
      new Promise<Reply>((resolve) => {
        signal.addEventListener('abort', () => resolve(signal.reason as Error));
      });

    const error = await failureOf([waitForAbort], { limits: { ...limits, timeoutMs: 1 } });

    expect(error).toBeInstanceOf(RemoteUnavailableError);
  });

  it.each([
    ['a fault', new Response('', { status: 503 }), 200],
    ['a broken connection', new TypeError('fetch failed'), 200],
    [
      'a rate limit with a short wait',
      new Response('', { status: 429, headers: { 'retry-after': '1' } }),
      1_000,
    ],
  ])('tries once more after %s', async (_, first, waitMs) => {
    const { http, call, waits } = setUp([first, json({ value: 2 })]);

    expect(await http.readJson(call, Answer)).toEqual({ value: 2 });
    expect(waits).toEqual([waitMs]);
  });

  it.each([
    ['a rate limit without a time', {}, undefined],
    ['a rate limit with a long wait', { 'retry-after': '120' }, 120],
    ['a rate limit until a date', { 'retry-after': new Date(startMs + 60_000).toUTCString() }, 60],
  ])('does not wait for %s, and says how long to wait', async (_, headers, retryAfterSeconds) => {
    const { http, call, waits } = setUp([new Response('', { status: 429, headers })]);

    await expect(http.readJson(call, Answer)).rejects.toMatchObject({ retryAfterSeconds });
    expect(waits).toEqual([]);
  });

  it('does not repeat what may have been done', async () => {
    const { http, call } = setUp([new Response('', { status: 503 })]);

    await expect(http.send({ ...call, isIdempotent: false })).rejects.toMatchObject({
      status: 503,
    });
  });

  it('gives up when the time of all tries is over', async () => {
    const { http, call, time } = setUp([
      () => {
        time.nowMs += limits.timeoutMs - 100;
        return Promise.resolve(new Response('', { status: 503 }));
      },
    ]);

    await expect(http.readJson(call, Answer)).rejects.toMatchObject({ status: 503 });
  });

  it('lets errors of the platform through untouched', async () => {
    const consent = new RangeError('Authentication Required');
    const { http, call } = setUp([consent]);

    await expect(http.readJson(call, Answer)).rejects.toBe(consent);
  });

  it('logs operation, status and duration of each try, and nothing that was sent or received', async () => {
    const secret = 'squ_0123456789';
    const { http, call, log } = setUp([
      new Response(secret, { status: 500 }),
      json({ value: 1, secret }),
    ]);

    await http.readJson(call, Answer);

    expect(
      log.entries.map(({ event, fields }) => [event, fields['operation'], fields['status']]),
    ).toEqual([
      ['remote call', 'issues/search', 500],
      ['remote call', 'issues/search', 200],
    ]);
    expect(JSON.stringify(log.entries)).not.toContain(secret);
  });
});
