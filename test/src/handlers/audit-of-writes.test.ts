import { procedures } from '../../../src/contracts/procedures';
import { createProcedureResolver } from '../../../src/handlers/procedure-resolver';
import { workspaceUuid } from '../../support/app/build-app-data';
import { createMemoryLog } from '../../support/app/memory-log';
import { procedureNames, toInput } from '../../support/app/resolvers';

const context = { installContext: `ari:cloud:bitbucket::workspace/${workspaceUuid}` };
const subject = { kind: 'workspace', id: 'w', name: 'W' } as const;

const writes = procedureNames.filter((name) => procedures[name].effect === 'write');

describe('the audit log', () => {
  it.each(writes)('[O3] gets one entry from %s, under the name of who called', async (name) => {
    const recorded: string[] = [];
    const answer = { output: {}, change: { subject, changes: [] } };
    const resolver = createProcedureResolver({ [name]: () => Promise.resolve(answer) } as never, {
      authorize: (_, __, caller) => Promise.resolve(caller),
      recordChange(action, _, actor) {
        recorded.push(`${action} by ${actor}`);
        return Promise.resolve();
      },
      chargeCalls: (work) => work(),
      log: createMemoryLog(),
    });

    const reply: unknown = await resolver(
      { call: { functionKey: name, payload: toInput(name) }, context: {} },
      { ...context, principal: { accountId: 'olivia' } },
    );

    // What is wrong with the input would be refused before anything is written.
    expect(JSON.stringify(reply)).not.toContain('INVALID_INPUT');
    expect(recorded).toEqual([`${name} by olivia`]);
  });
});
