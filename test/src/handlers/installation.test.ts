import { toWorkspaceUuid } from '../../../src/handlers/installation';
import { workspaceUuid } from '../../support/app/build-app-data';

describe('the workspace of an invocation', () => {
  it.each([
    `ari:cloud:bitbucket::workspace/${workspaceUuid}`,
    `ari:cloud:bitbucket::workspace/{${workspaceUuid.toUpperCase()}}`,
  ])('is the one of the installation: %s', (installContext) => {
    expect(toWorkspaceUuid({ installContext })).toBe(workspaceUuid);
  });

  it.each([
    { installContext: `ari:cloud:jira::site/${workspaceUuid}` },
    { installContext: `ari:cloud:bitbucket::workspace/${workspaceUuid}/more` },
    { workspaceId: workspaceUuid },
    { payload: { installContext: `ari:cloud:bitbucket::workspace/${workspaceUuid}` } },
    undefined,
  ])('is taken from nothing else: %j', (context) => {
    expect(() => toWorkspaceUuid(context)).toThrow('names no Bitbucket workspace');
  });
});
