import { createGitRepository } from '../../support/git-repository';
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

  it('kills a function at the write that was chosen', async () => {
    const form = { action: 'fail', target: 'write', effect: 'crash-after', times: 'once' };
    await act({ ...form, skip: '3' });

    expect(world.faults.active).toEqual([
      { target: 'write', times: 1, skip: 3, effect: { kind: 'crash', when: 'after' } },
    ]);
  });

  it('uninstalls the app and installs it again', async () => {
    await act({ action: 'uninstall' });
    await act({ action: 'install' });

    expect(world.acts).toEqual(['uninstall', 'install undefined']);
  });

  it('changes what a person is in the workspace', async () => {
    const person = world.userOf('member').accountId;

    await act({ action: 'set-role', person, role: 'owner' });

    expect(world.userOf('member').workspaceRole).toBe('owner');
  });

  it('changes repositories, and only those that there are', async () => {
    const fixture = createGitRepository({ main: [{}] });
    const { uuid } = await world.bitbucket.addRepository({ path: fixture.path });
    const change = (name: string, more = {}) =>
      act({ action: 'change-repository', repository: uuid, change: name, ...more });

    await change('rename', { name: 'Renamed' });
    await change('move');
    await change('visibility');
    const [repository] = world.bitbucket.repositories();
    await change('delete');
    const again = await change('transfer');
    fixture.remove();

    expect(repository).toMatchObject({ slug: 'renamed', projectKey: 'TOOLS', isPrivate: false });
    expect(world.bitbucket.repositories()).toEqual([]);
    expect(again).toEqual({ status: 400, message: 'There is no such repository.' });
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
