import { createBindingRepository } from '../../../src/storage/binding-repository';
import { connectionId, repositoryUuid } from '../../support/app/build-app-data';
import { setUpForgeStore } from '../../support/app/forge-store';

describe("a project key in Forge's store", () => {
  it.each([
    ['as long as SonarQube allows', 'k'.repeat(400)],
    ['of a length that no key of the store may have', 'k'.repeat(5_000)],
    ['with characters that no key of the store may have', 'old/project@{1} ünïcödé'],
    ['with a colon', 'org.acme:shop'],
  ])('%s names its repository', async (_, projectKey) => {
    const bindings = createBindingRepository(setUpForgeStore());

    expect(await bindings.findRepository(connectionId, projectKey)).toBeUndefined();
    expect(await bindings.claimProject({ connectionId, projectKey, repositoryUuid })).toBe(true);
    expect(
      await bindings.claimProject({ connectionId, projectKey, repositoryUuid: 'another' }),
    ).toBe(false);
    expect(await bindings.findRepository(connectionId, projectKey)).toBe(repositoryUuid);
  });
});
