import type { HttpBindings } from '@hono/node-server';
import { createAdaptorServer } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import { Hono } from 'hono';
import type { HostClock } from '../../clock';
import type { Traffic } from '../../traffic';
import { Unverified } from '../unverified';
import { whileAwaited } from './abandoned-call';
import { notEmulated, proxyError, textOf } from './exchange';
import type { Answer, Exchange, Handled } from './exchange';
import type { Grants } from './grants';

type Env = { Bindings: HttpBindings };

export interface ProxyRoutes {
  bitbucket(exchange: Exchange, provider: string): Promise<Handled>;
  stargate(exchange: Exchange, provider: string): Promise<Handled>;
  kvs(exchange: Exchange): Promise<Handled>;
  egress(exchange: Exchange): Promise<Handled>;
  realtime(exchange: Exchange): Promise<Handled>;
}

export interface ProxyOptions {
  readonly clock: HostClock;
  readonly traffic: Traffic;
  readonly grants: Grants;
  readonly routes: ProxyRoutes;
}

const statusesWithoutBody = new Set([101, 204, 205, 304]);

/** The HTTP side of the Forge proxy: every call of a function to the platform and the outside comes through here. */
export function createProxy({ clock, traffic, grants, routes }: ProxyOptions): Hono<Env> {
  const app = new Hono<Env>();

  app.all('/fpp/provider/:provider/remote/:remote', (c) => {
    const { provider, remote } = c.req.param();
    return serve(c, (exchange) => {
      if (remote === 'bitbucket') return routes.bitbucket(exchange, provider);
      if (remote === 'stargate') return routes.stargate(exchange, provider);
      return unknown(`${exchange.method} ${exchange.target} on ${remote} as ${provider}`);
    });
  });
  app.all('/fpp/provider/:provider/remote/:remote/account/:account', (c) => {
    const { provider, remote } = c.req.param();
    return serve(c, (exchange) =>
      unknown(`${exchange.method} ${exchange.target} on ${remote} as another ${provider}`),
    );
  });
  app.all('/fpp/as/app/provider/atlassian/capability/kvs', (c) =>
    serve(c, (exchange) => routes.kvs(exchange)),
  );
  app.all('/egress', (c) => serve(c, (exchange) => routes.egress(exchange)));
  app.all('/realtime', (c) => serve(c, (exchange) => routes.realtime(exchange)));
  app.all('*', (c) =>
    serve(c, (exchange) => unknown(`${exchange.method} ${exchange.target} by ${c.req.path}`)),
  );

  function unknown(call: string): Promise<Handled> {
    return Promise.resolve({ kind: 'other', answer: notEmulated(call) });
  }

  async function serve(
    c: Context<Env>,
    handle: (exchange: Exchange) => Promise<Handled>,
  ): Promise<Response> {
    const body = new Uint8Array(await c.req.arrayBuffer());
    const grant = grants.find(c.req.header('forge-proxy-authorization'));
    if (!grant) {
      const message = 'The token of this call is unknown, or its invocation has ended.';
      return send(c, proxyError(401, Unverified.tokenRefused, message));
    }
    const exchange: Exchange = {
      grant,
      method: c.req.method,
      target: c.req.header('forge-proxy-target') ?? '',
      headers: appHeaders(c.req.raw.headers),
      body,
    };
    const handled = await whileAwaited(c.env.outgoing, () => handle(exchange)).catch(
      (error: unknown): Handled => {
        console.error(`The local platform failed at ${exchange.method} ${exchange.target}.`, error);
        const message = error instanceof Error ? error.message : String(error);
        return { kind: 'other', answer: proxyError(500, 'INTERNAL_ERROR', message) };
      },
    );
    record(exchange, handled);
    return send(c, handled.answer);
  }

  function record(exchange: Exchange, handled: Handled): void {
    const { grant, method, target, headers, body } = exchange;
    const { answer, kind, identity, loggedTarget = target, isSecret = false } = handled;
    const response = answer === 'broken' ? { status: 0, headers: {}, body: '' } : answer;
    traffic.record({
      call: {
        at: clock.now(),
        invocationId: grant.invocationId,
        functionKey: grant.functionKey,
        kind,
        ...(identity === undefined ? {} : { identity }),
        method,
        target: loggedTarget,
        requestHeaders: Object.fromEntries(headers),
        requestBody: isSecret ? '[secret]' : textOf(body),
        status: response.status,
        responseHeaders: response.headers,
        responseBody: isSecret ? '[secret]' : textOf(response.body),
      },
    });
  }

  return app;
}

function send(c: Context<Env>, answer: Answer): Response {
  if (answer === 'broken') {
    c.env.outgoing.destroy();
    return RESPONSE_ALREADY_SENT;
  }
  const { status, headers, body } = answer;
  return new Response(statusesWithoutBody.has(status) ? null : body, { status, headers });
}

/** Without what belongs to the line between wrapper and proxy. */
function appHeaders(headers: Headers): Headers {
  const own = new Headers(headers);
  for (const name of [
    'forge-proxy-authorization',
    'forge-proxy-target',
    'connection',
    'content-length',
    'host',
    'transfer-encoding',
    'x-b3-spanid',
    'x-b3-traceid',
  ]) {
    own.delete(name);
  }
  return own;
}

export interface ListeningServer {
  /** `http://127.0.0.1:<port>` */
  readonly baseUrl: string;
  close(): Promise<void>;
}

/** Serves an app on loopback, on the wanted port when it is free and on any other when not. */
export async function listen(app: Hono<Env>, wantedPort?: number): Promise<ListeningServer> {
  const server = createAdaptorServer({ fetch: app.fetch, hostname: '127.0.0.1' });
  // Workers keep their connections; closing one while a call is about to use it would break that call.
  if ('keepAliveTimeout' in server) server.keepAliveTimeout = 0;
  function tryPort(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  }
  await tryPort(wantedPort ?? 0).catch(() => tryPort(0));
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('The proxy of the local platform has no port.');
  }
  return {
    baseUrl: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}
