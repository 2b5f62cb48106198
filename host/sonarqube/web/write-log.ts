import type { HostClock } from '../../clock';
import type { WriteRecord } from '../seeds';

/** Requests that would change something. */
export interface WriteLog {
  /** Takes down a request that is not a read, with its answer's status. */
  record(request: Request, status: number): Promise<void>;
  list(): readonly WriteRecord[];
  clear(): void;
}

/** Tests read this log: no credential may get into it. */
const SECRET = /secret|token|password|^pat$/iu;

async function readForm(request: Request): Promise<Iterable<readonly [string, unknown]>> {
  const type = request.headers.get('Content-Type') ?? '';
  const text = await request.text();
  if (type.includes('json')) {
    const body: unknown = text === '' ? {} : JSON.parse(text);
    return typeof body === 'object' && body !== null ? Object.entries(body) : [];
  }
  return new URLSearchParams(text);
}

export function createWriteLog(clock: HostClock): WriteLog {
  const records: WriteRecord[] = [];
  return {
    async record(request, status) {
      if (request.method === 'GET' || request.method === 'HEAD') return;
      const url = new URL(request.url);
      const parameters = [...url.searchParams, ...(await readForm(request).catch(() => []))];
      records.push({
        at: clock.now(),
        method: request.method,
        path: url.pathname,
        parameters: Object.fromEntries(
          parameters.map(([name, value]) => [name, SECRET.test(name) ? '***' : String(value)]),
        ),
        status,
      });
    },
    list: () => [...records],
    clear() {
      records.length = 0;
    },
  };
}
