import { openShell, type ShellWorld } from '../shell/shell-world';

let world: ShellWorld;
beforeEach(() => {
  world = openShell();
});
afterEach(() => world.close());

async function act(fields: Record<string, string>) {
  const answer = await world.post('/control', new URLSearchParams(fields));
  const { message } = (await answer.json()) as { message: string };
  return { status: answer.status, message };
}

describe('the control panel', () => {
  it('moves the clock forward', async () => {
    const before = world.clock.now();

    const answer = await act({ action: 'clock', minutes: '60' });

    expect(answer).toEqual({ status: 200, message: 'The clock was moved forward by 60 min.' });
    expect(world.clock.now() - before).toBe(3_600_000);
  });

  it('makes the next call fail, or every one, until that is taken back', async () => {
    await act({ action: 'fail', target: 'sonarqube', effect: '500', times: 'once' });
    await act({ action: 'fail', target: 'kvs', effect: 'truncated', times: 'always' });
    const rules = world.faults.active.map(({ target, effect, times }) => [
      target,
      effect.kind,
      times,
    ]);
    await act({ action: 'clear-faults' });

    expect(rules).toEqual([
      ['sonarqube', 'answer', 1],
      ['kvs', 'truncate', Infinity],
    ]);
    expect(world.faults.active).toEqual([]);
  });

  it('holds and resumes the queue and the analysis tasks, and repeats a delivery', async () => {
    await act({ action: 'hold-queue', hold: 'on' });
    await act({ action: 'hold-tasks', hold: 'on' });
    const html = await (await world.get('/control')).text();
    await act({ action: 'hold-queue', hold: 'off' });
    await act({ action: 'hold-tasks', hold: 'off' });
    await act({ action: 'deliver-twice' });

    expect(html).toContain('waiting, held');
    expect(world.acts).toEqual(['pause', 'pauseTasks', 'resume', 'resumeTasks', 'deliverNext 2']);
  });

  it('accepts an issue on the server', async () => {
    await act({ action: 'accept-issue', issue: 'workshop_shop\n7\nkey-1' });

    expect(world.acts).toEqual(['accept workshop_shop 7 key-1']);
  });

  it.each([
    { action: 'explode' },
    { action: 'clock', minutes: '-5' },
    { action: 'fail', target: 'nobody', effect: '500', times: 'once' },
    { action: 'accept-issue', issue: '' },
  ])('refuses %j with a sentence', async (fields) => {
    const answer = await act(fields);

    expect(answer.status).toBe(400);
    expect(answer.message).toContain('The panel sent something else');
  });

  it('shows what crossed the border', async () => {
    world.traffic.record({
      log: { invocationId: 'i', level: 'warn', text: '<script>alert(1)</script>' },
    });
    world.violations.push({
      at: 0,
      documentUrl: 'd',
      directive: 'style-src-elem',
      blocked: 'inline',
    });

    const html = await (await world.get('/control')).text();

    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).toContain('style-src-elem');
  });
});
