import fc from 'fast-check';
import { parsePageContext } from '../../../static/shared/bridge/page-context';

const extension = {
  type: 'bitbucket:repoPullRequestCard',
  repository: { uuid: '{6f1f5c1e-0d3a-4f0e-9c1d-2b7a8f4e5d6c}' },
  pullRequest: { id: 7 },
};

it('takes what the page needs', () => {
  const context = {
    moduleKey: 'pull-request-card',
    locale: 'pt-BR',
    timezone: 'America/Sao_Paulo',
    theme: { colorMode: 'dark' },
    extension,
  };

  expect(parsePageContext(context)).toEqual({
    module: 'card',
    isWorkspacePage: false,
    repositoryUuid: extension.repository.uuid,
    claim: { repositoryUuid: extension.repository.uuid, pullRequestId: 7 },
    locale: 'pt-BR',
    timeZone: 'America/Sao_Paulo',
    colorMode: 'dark',
  });
});

it.each([
  [{ moduleKey: 'pull-request-panel' }, 'panel'],
  [{ moduleKey: 'pull-request-card' }, 'card'],
  [{ extension: { type: 'bitbucket:repoPullRequestOverviewPanel' } }, 'panel'],
  [{}, 'card'],
])('tells the module of %j', (context, module) => {
  expect(parsePageContext(context).module).toBe(module);
});

it.each([
  [{ moduleKey: 'workspace-settings' }, true],
  [{ extension: { type: 'bitbucket:workspaceSettingsMenuPage' } }, true],
  [{ moduleKey: 'repository-settings' }, false],
])('tells whether %j is about the workspace', (context, isWorkspacePage) => {
  expect(parsePageContext(context).isWorkspacePage).toBe(isWorkspacePage);
});

it('adds the braces that some places leave out, and reads a number written as text', () => {
  const bare = {
    extension: {
      repository: { uuid: extension.repository.uuid.slice(1, -1) },
      pullRequest: { id: '7' },
    },
  };

  expect(parsePageContext(bare).claim).toEqual({
    repositoryUuid: extension.repository.uuid,
    pullRequestId: 7,
  });
});

it.each([{ id: 0 }, { id: -1 }, { id: 1.5 }, { id: 'x' }, {}, null])(
  'names no pull request for %j',
  (pullRequest) => {
    expect(parsePageContext({ extension: { ...extension, pullRequest } }).claim).toBeUndefined();
  },
);

it('never throws', () => {
  fc.assert(fc.property(fc.anything(), (context) => void parsePageContext(context)));
});
