import { request } from 'node:http';
import { listenOnLoopback, PortTakenError } from '../../../host/shell/server/loopback';

function getAs(origin: string, host: string): Promise<{ status: number; location?: string }> {
  return new Promise((resolve, reject) => {
    const call = request(`${origin}/page?x=1`, { headers: { host } }, (answer) => {
      answer.resume();
      const { location } = answer.headers;
      resolve({ status: answer.statusCode ?? 0, ...(location === undefined ? {} : { location }) });
    });
    call.on('error', reject);
    call.end();
  });
}

describe('the loopback server', () => {
  it('asks to come back until it is given its handler', async () => {
    const server = await listenOnLoopback(0);

    const early = await fetch(server.origin);
    server.handle(() => new Response('ready'));
    const late = await fetch(server.origin);

    expect(early.status).toBe(503);
    expect(await late.text()).toBe('ready');
    await server.close();
  });

  it('says which port is taken', async () => {
    const server = await listenOnLoopback(0);
    const port = Number(new URL(server.origin).port);

    await expect(listenOnLoopback(port)).rejects.toEqual(new PortTakenError(port));
    await server.close();
  });

  it('refuses a name that another site made point here', async () => {
    const server = await listenOnLoopback(0);
    server.handle(() => new Response('secret'));

    const { port } = new URL(server.origin);
    expect(await getAs(server.origin, `evil.example:${port}`)).toEqual({ status: 421 });
    await server.close();
  });

  it('leads localhost to the address that frames and cookies know', async () => {
    const server = await listenOnLoopback(0);
    server.handle(() => new Response('page'));

    const { port } = new URL(server.origin);
    const answer = await getAs(server.origin, `localhost:${port}`);
    expect(answer).toEqual({ status: 307, location: `${server.origin}/page?x=1` });
    await server.close();
  });
});
