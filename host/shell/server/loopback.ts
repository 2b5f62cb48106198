import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';

export type Fetch = (request: Request) => Response | Promise<Response>;

/** An HTTP server that only this machine can reach. Answers 503 until it is given its handler. */
export interface LoopbackServer {
  /** `http://127.0.0.1:<port>`. */
  readonly origin: string;
  handle(fetch: Fetch): void;
  /** Ends open connections (event streams too) and frees the port. */
  close(): Promise<void>;
}

/** The port that was asked for belongs to another process. */
export class PortTakenError extends Error {
  constructor(readonly port: number) {
    super(`Port ${port} is taken.`);
    this.name = 'PortTakenError';
  }
}

/** @throws PortTakenError when another process listens there; port 0 takes any free one. */
export async function listenOnLoopback(port: number): Promise<LoopbackServer> {
  let handler: Fetch = () =>
    new Response('The host is starting.', { status: 503, headers: { 'retry-after': '1' } });
  let origin = '';
  const listener = getRequestListener(
    (request) => refuseForeignHost(request, origin) ?? handler(request),
    { overrideGlobalObjects: false },
  );
  const server = createServer((request, response) => void listener(request, response));
  origin = `http://127.0.0.1:${await listen(server, port)}`;
  return {
    origin,
    handle(fetch) {
      handler = fetch;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A page elsewhere may make its own name point here (DNS rebinding); such a request names a foreign host. */
function refuseForeignHost(request: Request, origin: string): Response | undefined {
  const expected = new URL(origin);
  const url = new URL(request.url);
  if (url.host === expected.host) return undefined;
  if (url.hostname === 'localhost' && url.port === expected.port && request.method === 'GET') {
    return Response.redirect(origin + url.pathname + url.search, 307);
  }
  return new Response(`This is ${origin}; no other name is served here.`, { status: 421 });
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new PortTakenError(port) : error);
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}
