import { importContents } from '../../../../src/domain/import/contents';
import { importAll, keyOf, setUpImport } from './import-world';

describe('what people are told that an import copies', () => {
  it('[M19] is what a project is made with, and the whole list is as it is shown', async () => {
    const app = await setUpImport(1);
    await importAll(app);
    const { newCode, ...made } = app.server.made.get(keyOf(0)) ?? {};

    const copied = importContents.filter(({ treatment }) => treatment === 'copied');

    expect(copied.map(({ field }) => field).sort()).toEqual(Object.keys(made).sort());
    expect(newCode).toEqual({ kind: 'server' });
    expect(importContents.every(({ field, treatment }) => !field || treatment === 'copied')).toBe(
      true,
    );
    expect(importContents.map(({ what, treatment }) => `${what}: ${treatment}`))
      .toMatchInlineSnapshot(`
     [
       "Name: copied",
       "Key: copied",
       "Visibility: copied",
       "Main branch: copied",
       "Pull requests: linked",
       "Code and history: stays",
       "Description, issues, wiki, milestones, labels and large files: stays",
       "Approvals and approval rules: stays",
       "First analysis: notAvailable",
     ]
    `);
  });
});
