import {
  createManageDrafts,
  keptSeconds,
} from '../../../../src/usecases/organizations/manage-drafts';
import { caller, connectionId } from '../../../support/app/build-app-data';
import { setUpApp } from '../../../support/app/set-up-app';

const draft = { kind: 'create', organizationKey: 'acme', name: 'Acme' } as const;
const other = { ...caller, accountId: 'somebody-else' };

async function setUp() {
  const app = await setUpApp();
  return { app, drafts: createManageDrafts(app) };
}

describe('what a person is in the middle of', () => {
  it('[B10] is kept for seven days, for them alone', async () => {
    const { app, drafts } = await setUp();
    await drafts.keep(connectionId, draft, caller);
    const savedAt = new Date(app.time.nowMs).toISOString();

    app.time.nowMs += keptSeconds * 1000 - 1;
    expect(await drafts.find(connectionId, caller)).toEqual({ draft, savedAt });
    expect(await drafts.find(connectionId, other)).toBeUndefined();

    app.time.nowMs += 1;
    expect(await drafts.find(connectionId, caller)).toBeUndefined();
  });

  it('[B10] is replaced by what comes next, and forgotten when it is done', async () => {
    const { drafts } = await setUp();
    await drafts.keep(connectionId, draft, caller);
    await drafts.keep(connectionId, { kind: 'access', organizationKey: 'taken' }, caller);
    expect(await drafts.find(connectionId, caller)).toMatchObject({
      draft: { kind: 'access', organizationKey: 'taken' },
    });

    await drafts.keep(connectionId, undefined, caller);
    expect(await drafts.find(connectionId, caller)).toBeUndefined();
  });

  it('[M20] leaves no key of the caller when they start clean, and those of others', async () => {
    const { app, drafts } = await setUp();
    await drafts.keep(connectionId, draft, caller);
    await drafts.keep('removed-connection', draft, caller);
    await drafts.keep(connectionId, draft, other);

    await drafts.forgetAll(caller);

    const left = (JSON.parse(app.store.dump()) as [string, string][]).filter(([key]) =>
      key.includes('draft:'),
    );
    expect(left).toHaveLength(1);
    expect(await drafts.find(connectionId, other)).toMatchObject({ draft });
  });
});
