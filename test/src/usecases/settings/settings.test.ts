import type { LevelSettings } from '../../../../src/contracts/settings';
import {
  bitbucketProjectUuid,
  repositoryUuid,
  workspaceUuid,
} from '../../../support/app/build-app-data';
import { setUpApp } from '../../../support/app/set-up-app';

const workspace = { level: 'workspace' } as const;
const project = { level: 'project', uuid: bitbucketProjectUuid } as const;
const repository = {
  level: 'repository',
  uuid: repositoryUuid,
  projectUuid: bitbucketProjectUuid,
} as const;
const say = (values: LevelSettings['values'], locks: LevelSettings['locks'] = []) => ({
  values,
  locks,
});

describe('saving settings', () => {
  it('[R4] keeps what each level says, and the narrower one decides for a repository', async () => {
    const app = await setUpApp();
    await app.saveSettings({ target: workspace, sequence: 0, own: say({ report: 'off' }) });
    await app.saveSettings({ target: project, sequence: 0, own: say({ annotations: 'off' }) });
    await app.saveSettings({ target: repository, sequence: 0, own: say({ report: 'on' }) });

    const resolved = await app.resolveSettings({
      workspaceUuid,
      repositoryUuid,
      bitbucketProjectUuid,
    });

    expect(resolved).toMatchObject({ report: 'on', annotations: 'off', buildStatus: 'off' });
  });

  it('[R4] asks Bitbucket which project a repository is in when nobody says', async () => {
    const app = await setUpApp();
    await app.saveSettings({ target: project, sequence: 0, own: say({ annotations: 'off' }) });

    const resolved = await app.resolveSettings({ workspaceUuid, repositoryUuid });

    expect(resolved.annotations).toBe('off');
  });

  it('[R4] refuses a value that a level above has locked', async () => {
    const app = await setUpApp();
    await app.saveSettings({ target: workspace, sequence: 0, own: say({}, ['whenPending']) });

    const saving = app.saveSettings({
      target: repository,
      sequence: 0,
      own: say({ whenPending: 'pass' }),
    });

    await expect(saving).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(await app.settings.find({ level: 'repository', uuid: repositoryUuid })).toBeUndefined();
  });

  it('[R4] keeps a value that was said before the lock came, without effect', async () => {
    const app = await setUpApp();
    const own = say({ whenPending: 'pass' });
    await app.saveSettings({ target: repository, sequence: 0, own });
    await app.saveSettings({ target: workspace, sequence: 0, own: say({}, ['whenPending']) });

    const saved = await app.saveSettings({
      target: repository,
      sequence: 1,
      own: say({ whenPending: 'pass', report: 'off' }),
    });

    expect(saved.changes).toEqual([{ field: 'report', after: 'off' }]);
    const resolved = await app.resolveSettings({
      workspaceUuid,
      repositoryUuid,
      bitbucketProjectUuid,
    });
    expect(resolved).toMatchObject({ whenPending: 'block', report: 'off' });
  });

  it('[R4] tells the second of two administrators of the conflict, and keeps what the first saved', async () => {
    const app = await setUpApp();

    const results = await Promise.allSettled([
      app.saveSettings({ target: workspace, sequence: 0, own: say({ report: 'off' }) }),
      app.saveSettings({ target: workspace, sequence: 0, own: say({ annotations: 'off' }) }),
    ]);

    const kept = results.filter(({ status }) => status === 'fulfilled');
    const refused = results.flatMap((each) =>
      each.status === 'rejected' ? [each.reason as { readonly code: string }] : [],
    );
    expect(kept).toHaveLength(1);
    expect(refused).toMatchObject([{ code: 'CONFLICT' }]);
    expect((await app.settings.find(workspace))?.sequence).toBe(1);
  });

  it('[R4] refuses a page that has not seen the newest settings', async () => {
    const app = await setUpApp();
    await app.saveSettings({ target: workspace, sequence: 0, own: say({ report: 'off' }) });

    const late = app.saveSettings({ target: workspace, sequence: 0, own: say({}) });

    await expect(late).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await app.settings.find(workspace))?.own.values).toEqual({ report: 'off' });
  });

  it('[R4] writes nothing when nothing is different, and says what is', async () => {
    const app = await setUpApp();
    const first = await app.saveSettings({
      target: workspace,
      sequence: 0,
      own: say({ report: 'off' }, ['report', 'report']),
    });
    app.store.counts.writes = 0;

    const again = await app.saveSettings({
      target: workspace,
      sequence: 1,
      own: say({ report: 'off' }, ['report']),
    });

    expect(first.changes).toEqual([
      { field: 'report', after: 'off' },
      { field: 'report for the levels below', after: 'locked' },
    ]);
    expect(again.changes).toEqual([]);
    expect(app.store.counts.writes).toBe(0);
  });

  it('[R4] lets a repository lock nothing, as there is nothing below it', async () => {
    const app = await setUpApp();

    const saved = await app.saveSettings({
      target: repository,
      sequence: 0,
      own: say({ report: 'off' }, ['report']),
    });

    expect(saved.view.own.locks).toEqual([]);
  });
});
