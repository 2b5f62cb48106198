import type { ChangeDraft } from '../../../src/domain/change';
import { AppError } from '../../../src/errors/app-error';
import { createProcedureResolver } from '../../../src/handlers/procedure-resolver';
import { workspaceUuid } from '../../support/app/build-app-data';
import { createMemoryLog } from '../../support/app/memory-log';

const context = { installContext: `ari:cloud:bitbucket::workspace/${workspaceUuid}` };
const change: ChangeDraft = {
  subject: { kind: 'connection', id: 'c1', name: 'Cloud' },
  changes: [],
};

function setUp({ isAllowed = true, isChanged = true } = {}) {
  const recorded: unknown[] = [];
  const ran: unknown[] = [];
  const resolver = createProcedureResolver<'connection.rotateWebhookSecret' | 'connection.list'>(
    {
      'connection.rotateWebhookSecret': (input, caller) => {
        ran.push([input, caller]);
        return Promise.resolve({ output: {}, change: isChanged ? change : undefined });
      },
      'connection.list': () => Promise.resolve({ connections: [] }),
    },
    {
      authorize: (_access, _input, caller) =>
        isAllowed
          ? Promise.resolve({ ...caller, workspaceRole: 'owner' })
          : Promise.reject(new AppError('FORBIDDEN', 'No.')),
      recordChange: (...entry) => {
        recorded.push(entry);
        return Promise.resolve();
      },
      log: createMemoryLog(),
    },
  );
  const invoke = (functionKey: string, payload: unknown) =>
    resolver({ call: { functionKey, payload }, context: {} } as never, {
      ...context,
      principal: { accountId: 'olivia' },
    });
  return { invoke, recorded, ran };
}

describe('a resolver of procedures', () => {
  it('[O3] records what a write changed, under its name and by whom', async () => {
    const { invoke, recorded } = setUp();

    expect(await invoke('connection.rotateWebhookSecret', { connectionId: 'c1' })).toEqual({
      ok: true,
      data: {},
    });
    expect(recorded).toEqual([['connection.rotateWebhookSecret', change, 'olivia']]);
  });

  it('[O3] records nothing for a read, or a write that changed nothing', async () => {
    const { invoke, recorded } = setUp({ isChanged: false });

    await invoke('connection.list', {});
    await invoke('connection.rotateWebhookSecret', { connectionId: 'c1' });

    expect(recorded).toEqual([]);
  });

  it('[K6] runs nothing for who may not', async () => {
    const { invoke, ran, recorded } = setUp({ isAllowed: false });

    expect(await invoke('connection.rotateWebhookSecret', { connectionId: 'c1' })).toMatchObject({
      ok: false,
      error: { code: 'FORBIDDEN' },
    });
    expect([ran, recorded]).toEqual([[], []]);
  });

  it('[K1] says of a refused input only where it is wrong', async () => {
    const { invoke } = setUp();

    const reply = await invoke('connection.rotateWebhookSecret', {
      connectionId: 7,
      token: 'sqp_hidden',
    });

    expect(reply).toMatchObject({ error: { code: 'INVALID_INPUT' } });
    expect(JSON.stringify(reply)).not.toContain('sqp_hidden');
  });
});
