import type { ChangeDraft } from '../../../src/domain/change';
import { AppError } from '../../../src/errors/app-error';
import { createProcedureResolver } from '../../../src/handlers/procedure-resolver';
import { repositoryUuid, workspaceUuid } from '../../support/app/build-app-data';
import { createMemoryLog } from '../../support/app/memory-log';

const context = { installContext: `ari:cloud:bitbucket::workspace/${workspaceUuid}` };
const project = { repositoryUuid: `{${repositoryUuid}}`, connectionId: 'c1', projectKey: 'shop' };
const overview = { repositoryName: 'Shop', repositorySlug: 'shop', projects: [], connections: [] };
const change: ChangeDraft = {
  subject: { kind: 'repository', id: repositoryUuid, name: 'Shop' },
  changes: [],
};

function setUp({ isAllowed = true, isChanged = true } = {}) {
  const recorded: unknown[] = [];
  const ran: unknown[] = [];
  const resolver = createProcedureResolver<'repository.unbind' | 'repository.overview'>(
    {
      'repository.unbind': (input, caller) => {
        ran.push([input, caller]);
        return Promise.resolve({ output: overview, change: isChanged ? change : undefined });
      },
      'repository.overview': () => Promise.resolve(overview),
    },
    {
      authorize: (_, __, caller) =>
        isAllowed ? Promise.resolve(caller) : Promise.reject(new AppError('FORBIDDEN', 'No.')),
      recordChange: (...entry) => {
        recorded.push(entry);
        return Promise.resolve();
      },
      chargeCalls: (work) => work(),
      log: createMemoryLog(),
    },
  );
  const invoke = (functionKey: string, payload: unknown) =>
    resolver(
      { call: { functionKey, payload }, context: {} },
      {
        ...context,
        principal: { accountId: 'olivia' },
      },
    );
  return { invoke, recorded, ran };
}

describe('a resolver of procedures', () => {
  it('[O3] records what a write changed, under its name and by whom', async () => {
    const { invoke, recorded } = setUp();

    expect(await invoke('repository.unbind', project)).toEqual({
      ok: true,
      data: overview,
    });
    expect(recorded).toEqual([['repository.unbind', change, 'olivia']]);
  });

  it('[O3] records nothing for a read, or a write that changed nothing', async () => {
    const { invoke, recorded } = setUp({ isChanged: false });

    await invoke('repository.overview', { repositoryUuid: project.repositoryUuid });
    await invoke('repository.unbind', project);

    expect(recorded).toEqual([]);
  });

  it('[K6] runs nothing for who may not', async () => {
    const { invoke, ran, recorded } = setUp({ isAllowed: false });

    expect(await invoke('repository.unbind', project)).toMatchObject({
      ok: false,
      error: { code: 'FORBIDDEN' },
    });
    expect([ran, recorded]).toEqual([[], []]);
  });

  it('[K1] says of a refused input only where it is wrong', async () => {
    const { invoke } = setUp();

    const reply = await invoke('repository.unbind', {
      ...project,
      connectionId: 7,
      token: 'sqp_hidden',
    });

    expect(reply).toMatchObject({ error: { code: 'INVALID_INPUT' } });
    expect(JSON.stringify(reply)).not.toContain('sqp_hidden');
  });
});
