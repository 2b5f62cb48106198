import { createBindingRepository } from '../../../src/storage/binding-repository';
import { buildClaim } from '../../support/app/build-app-data';
import { setUpForgeStore } from '../../support/app/forge-store';

describe("a project key in Forge's store", () => {
  it.each([
    ['as long as SonarQube allows', 'k'.repeat(400)],
    ['of a length that no key of the store may have', 'k'.repeat(5_000)],
    ['with characters that no key of the store may have', 'old/project@{1} ünïcödé'],
    ['with a colon', 'org.acme:shop'],
  ])('%s names its repository', async (_, projectKey) => {
    const bindings = createBindingRepository(setUpForgeStore());

    const claim = buildClaim({ projectKey });

    expect(await bindings.findClaim(claim)).toBeUndefined();
    expect(await bindings.addClaim(claim)).toBe(true);
    expect(await bindings.addClaim({ ...claim, repositoryUuid: 'another' })).toBe(false);
    expect(await bindings.findClaim(claim)).toEqual(claim);
  });
});
