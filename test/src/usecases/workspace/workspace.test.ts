import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod/mini';
import { scopeTexts } from '../../../../src/domain/scopes';
import { buildRecord, connectionId, workspaceUuid } from '../../../support/app/build-app-data';
import { setUpApp } from '../../../support/app/set-up-app';

const owner = { accountId: 'olivia', workspaceUuid, membership: { role: 'owner' } } as const;

describe('the first screen of the workspace page', () => {
  it('[I2] follows from what is stored, also backwards', async () => {
    const app = await setUpApp();
    const done = async () =>
      (await app.viewWorkspace(owner)).steps.filter(({ isDone }) => isDone).map(({ step }) => step);

    expect(await done()).toEqual(['connect', 'import']);
    await app.checkConnections();
    expect(await done()).toEqual(['connect', 'check', 'import']);
    await app.verdicts.save(buildRecord(), undefined);
    expect(await done()).toEqual(['connect', 'check', 'import', 'gate', 'verify']);
    await app.startDisconnect({ connectionId, typedName: 'Cloud', accountId: 'olivia' });
    expect((await app.viewWorkspace(owner)).runningOperation).toMatchObject({ kind: 'disconnect' });
    await app.runOperations();
    expect(await done()).not.toContain('connect');
  });

  it('[I2] needs at most 5 reads of the store, whatever is bound', async () => {
    const app = await setUpApp();
    app.store.counts.reads = 0;

    const overview = await app.viewWorkspace(owner);

    expect(app.store.counts.reads).toBeLessThanOrEqual(5);
    expect(overview.boundProjects).toEqual({ count: 1, isMore: false });
  });

  it('[I3] tells a member how to become an owner, and nothing of the workspace', async () => {
    const app = await setUpApp();
    app.store.counts.reads = 0;

    const overview = await app.viewWorkspace({ ...owner, membership: { role: 'member' } });

    expect(overview).toMatchObject({ role: 'member', connections: [], steps: [], scopes: [] });
    expect(overview.howToBecomeOwner).toContain('Administer workspace');
    expect(app.store.counts.reads).toBe(0);
  });

  it('[I1] says each scope of the manifest in words, and no other', () => {
    const manifest = z
      .object({ permissions: z.object({ scopes: z.array(z.string()) }) })
      .parse(parse(readFileSync('manifest.yml', 'utf8')));

    expect(scopeTexts.map(({ scope }) => scope).sort()).toEqual(
      [...manifest.permissions.scopes].sort(),
    );
  });
});

describe('the audit log', () => {
  const change = {
    subject: { kind: 'connection', id: 'c1', name: '=cmd()' },
    changes: [{ field: 'name', before: 'A "quoted", name', after: 'B\nC' }],
  } as const;

  async function setUpAudit(count: number) {
    const app = await setUpApp();
    for (let index = 0; index < count; index += 1) {
      app.time.nowMs += 1000;
      await app.recordChange(index % 2 ? 'connection.add' : 'repository.bind', change, 'olivia');
    }
    return app;
  }

  it('[O3] is paged, newest first, and filtered', async () => {
    const app = await setUpAudit(60);

    const first = await app.listAudit.list({}, undefined);
    const second = await app.listAudit.list({}, first.nextCursor);
    const filtered = await app.listAudit.list(
      { action: 'connection.add', subjectId: 'c1' },
      undefined,
    );

    const times = [...first.items, ...second.items].map(({ at }) => at);
    expect(times).toHaveLength(60);
    expect(times).toEqual([...times].sort().reverse());
    expect(second.nextCursor).toBeUndefined();
    expect(new Set(filtered.items.map(({ action }) => action))).toEqual(
      new Set(['connection.add']),
    );
  });

  it('[O3] is exported in parts that can be put together', async () => {
    const app = await setUpAudit(60);
    const collect = async (format: 'csv' | 'json') => {
      let text = '';
      let cursor: string | undefined;
      do {
        const part = await app.listAudit.exportPart(format, {}, cursor);
        text += part.text;
        cursor = part.nextCursor;
      } while (cursor !== undefined);
      return text;
    };

    const csv = await collect('csv');
    const json = await collect('json');

    expect(csv.match(/^time,actor/gm)).toHaveLength(1);
    expect(csv).toContain(`,'=cmd(),name,"A ""quoted"", name","B\nC"\r\n`);
    expect(
      json
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toHaveLength(60);
  });
});
