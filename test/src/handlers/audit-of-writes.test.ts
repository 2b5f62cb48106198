import { procedures, type ProcedureName } from '../../../src/contracts/procedures';
import { createProcedureResolver } from '../../../src/handlers/procedure-resolver';
import { workspaceUuid } from '../../support/app/build-app-data';
import { createMemoryLog } from '../../support/app/memory-log';

const context = { installContext: `ari:cloud:bitbucket::workspace/${workspaceUuid}` };
const subject = { kind: 'workspace', id: 'w', name: 'W' } as const;

/** An input that the contract takes: what is asked for is text, numbers, and switches. */
const inputs: Readonly<Record<string, unknown>> = {
  connectionId: 'c',
  repositoryUuid: '{11111111-2222-4333-8444-555555555555}',
  projectKey: 'p',
  findingId: 'f',
  operationId: 'o',
  organizationKey: 'k',
  key: 'k',
  name: 'N',
  kind: 'sonarqube-server',
  url: 'https://s.example.com',
  token: 't',
  sequence: 1,
  takeOver: false,
  own: { values: { report: 'off' }, locks: [] },
  projectUuid: 'u',
  projectName: 'P',
  typedKey: 'k',
  typedName: 'N',
  record: { kind: 'bitbucket-cloud', key: 'k', workspace: 'w', clientId: 'c' },
  runId: 'r',
  selection: { kind: 'matching', query: '', except: [] },
  options: {
    keyPrefix: 'acme_',
    publicStaysPublic: false,
    includesForks: false,
    includesEmpty: false,
    newCode: { kind: 'server' },
    parallel: 4,
  },
  decision: { kind: 'skip' },
  choice: 'skip',
  acceptsOverLimit: false,
  page: 1,
};

function toInput(name: ProcedureName): unknown {
  const { shape } = procedures[name].input as unknown as { readonly shape: object };
  return Object.fromEntries(
    Object.keys(shape)
      .filter((field) => field in inputs)
      .map((field) => [field, inputs[field]]),
  );
}

const writes = (Object.keys(procedures) as ProcedureName[]).filter(
  (name) => procedures[name].effect === 'write',
);

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
