import dgram from 'node:dgram';
import net from 'node:net';

interface Destination {
  readonly host?: string | undefined;
  readonly port?: number | string | null | undefined;
  readonly path?: string | null | undefined;
}
type Connect = (this: net.Socket, ...given: unknown[]) => net.Socket;

/**
 * Refuses every connection but the one to the proxy: clients that bring their own sockets do not reach the outside
 * on Forge either.
 */
export function guardSockets(proxyUrl: string): void {
  const proxy = new URL(proxyUrl);
  const connect: unknown = Reflect.get(net.Socket.prototype, 'connect');
  const guarded: Connect = function guarded(...given) {
    const { host = 'localhost', port, path } = destinationOf(given);
    if (!path && host === proxy.hostname && String(port) === proxy.port) {
      return (connect as Connect).apply(this, given);
    }
    const where = path || `${host}:${String(port)}`;
    process.nextTick(() => this.destroy(new Error(refusal(where))));
    return this;
  };
  Object.assign(net.Socket.prototype, { connect: guarded });
  for (const method of ['send', 'connect'] as const) {
    dgram.Socket.prototype[method] = function refuse() {
      throw new Error(refusal('a UDP address'));
    };
  }
}

function refusal(where: string): string {
  return `The platform refuses a connection to ${where}: functions reach the outside only by fetch or https.request, to hosts that the manifest declares.`;
}

function destinationOf(given: readonly unknown[]): Destination {
  // Node's own callers hand over the arguments in one list.
  const [first, second] = Array.isArray(given[0]) ? (given[0] as unknown[]) : given;
  if (typeof first === 'object' && first !== null) return first;
  if (typeof first === 'number') {
    return { port: first, host: typeof second === 'string' ? second : undefined };
  }
  const isPort = typeof first === 'string' && /^\d+$/.test(first);
  if (isPort) return { port: first, host: typeof second === 'string' ? second : undefined };
  return { path: String(first) };
}
