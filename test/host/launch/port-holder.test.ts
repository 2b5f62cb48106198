import { findPortHolder } from '../../../host/launch/port-holder';
import { listenOnLoopback } from '../../../host/shell/server/loopback';

describe('the process behind a taken port', () => {
  it('is found by its open socket', async () => {
    const server = await listenOnLoopback(0);

    const holder = findPortHolder(Number(new URL(server.origin).port));

    expect(holder?.processId).toBe(process.pid);
    expect(holder?.command).toContain('node');
    await server.close();
  });

  it('is nobody for a free port', async () => {
    const server = await listenOnLoopback(0);
    const port = Number(new URL(server.origin).port);
    await server.close();

    expect(findPortHolder(port)).toBeUndefined();
  });
});
