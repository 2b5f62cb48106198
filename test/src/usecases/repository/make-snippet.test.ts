import { createMakeSnippet } from '../../../../src/usecases/repository/make-snippet';
import { connectionId, repositoryUuid, workspaceUuid } from '../../../support/app/build-app-data';
import { setUpApp } from '../../../support/app/set-up-app';

const caller = { accountId: 'dana', workspaceUuid };
const address = { repositoryUuid, connectionId, projectKey: 'acme_shop' };

describe('the snippet of a bound project', () => {
  it('[I8] is in the language of the repository, for its main branch', async () => {
    const app = await setUpApp();
    if (app.bitbucket.repository) {
      app.bitbucket.repository = {
        ...app.bitbucket.repository,
        language: 'go',
        mainBranch: 'trunk',
      };
    }

    const snippet = await createMakeSnippet(app)(address, caller);

    expect(snippet.language).toBe('go');
    expect(snippet.yaml).toContain('"trunk":');
    expect(snippet.yaml).toContain('-Dsonar.projectKey=acme_shop');
  });

  it('[I8] says when the language was not detected, and takes the one that is chosen', async () => {
    const makeSnippet = createMakeSnippet(await setUpApp());

    expect((await makeSnippet(address, caller)).steps[0]).toMatch('not detected');
    const chosen = await makeSnippet({ ...address, language: 'maven' }, caller);
    expect(chosen).toMatchObject({ language: 'maven' });
    expect(chosen.steps[0]).not.toMatch('not detected');
  });

  it('is refused for a project that is not bound', async () => {
    const makeSnippet = createMakeSnippet(await setUpApp({ isBound: false }));

    await expect(makeSnippet(address, caller)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
