import { countCalls, noCalls } from '../../../src/domain/call-budget';
import { connectionId } from '../../support/app/build-app-data';
import { createResolvers, procedureNames, toInput } from '../../support/app/resolvers';
import { setUpApp, type AppUnderTest } from '../../support/app/set-up-app';

async function countCharged({ callRecords, time }: AppUnderTest, credential: string) {
  return countCalls((await callRecords.find(credential)) ?? noCalls, time.nowMs);
}

describe('what people ask of a server', () => {
  it('[Q1] is missing to work that waits, whichever procedure asked', async () => {
    const charged: Record<string, number> = {};
    const made: Record<string, number> = {};
    for (const name of procedureNames) {
      const app = await setUpApp();

      await createResolvers(app)(name, toInput(name));

      const isGone = (await app.connections.find(connectionId)) === undefined;
      charged[name] = await countCharged(app, connectionId);
      made[name] = isGone ? 0 : (app.server.counts.get(connectionId) ?? 0);
    }

    expect(charged).toEqual(made);
    for (const name of ['pullRequest.doctor', 'repositoryCard.view', 'connection.test'] as const) {
      expect({ [name]: charged[name] }).not.toEqual({ [name]: 0 });
    }
  });

  it('[Q1] counts when the server fails, too', async () => {
    const app = await setUpApp();
    app.server.faults.set('*', new TypeError('nobody expected it'));

    await createResolvers(app)('pullRequest.doctor', toInput('pullRequest.doctor'));

    expect(await countCharged(app, connectionId)).toBe(app.server.counts.get(connectionId));
    expect(app.server.counts.get(connectionId)).toBeGreaterThan(0);
  });

  it('[Q1] costs no read of the store where nobody was called', async () => {
    const app = await setUpApp();
    const ask = createResolvers(app);
    await ask('pullRequest.doctor', toInput('pullRequest.doctor'));
    app.store.counts.reads = 0;

    await ask('pullRequest.view', toInput('pullRequest.view'));

    expect(app.store.counts.reads).toBe(2);
  });

  it('[Q1] leaves no record behind of a connection that it removed', async () => {
    const app = await setUpApp();

    await createResolvers(app)('connection.remove', toInput('connection.remove'));

    expect(await app.callRecords.find(connectionId)).toBeUndefined();
  });
});
