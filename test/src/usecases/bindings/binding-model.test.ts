import * as fc from 'fast-check';
import { findBound } from '../../../../src/domain/binding';
import type { KeyValueStore } from '../../../../src/domain/ports/key-value-store';
import { AppError } from '../../../../src/errors/app-error';
import { createBindingRepository } from '../../../../src/storage/binding-repository';
import { createConnectionRepository } from '../../../../src/storage/connection-repository';
import { createPublicationRepository } from '../../../../src/storage/publication-repository';
import { createBranchRepository } from '../../../../src/storage/branch-repository';
import { createIssueRepository } from '../../../../src/storage/issue-repository';
import { createSecretRepository } from '../../../../src/storage/secret-repository';
import { createVerdictRepository } from '../../../../src/storage/verdict-repository';
import { createBindProject } from '../../../../src/usecases/bindings/bind-project';
import { createUnbindProject } from '../../../../src/usecases/bindings/unbind-project';
import {
  buildRecord,
  connectionId,
  newConnection,
  repositoryUuid,
} from '../../../support/app/build-app-data';
import { createFakeAnalysisServer } from '../../../support/app/fake-analysis-server';
import {
  createMemoryKeyValueStore,
  type MemoryKeyValueStore,
} from '../../../support/app/memory-key-value-store';

const repositories = [repositoryUuid, '99999999-0000-4000-8000-000000000000'];
const projectKeys = ['acme_shop', 'acme_api'];

class Killed extends Error {}

type StoreCall = (this: KeyValueStore, ...args: unknown[]) => Promise<unknown>;

const writes: ReadonlySet<string> = new Set([
  'set',
  'add',
  'delete',
  'addEntity',
  'setEntity',
  'replaceEntity',
  'deleteEntity',
  'removeEntity',
]);

/** The store of one invocation: every call waits for its turn, and the invocation may be killed around one of its writes. */
function createInvocationStore(
  store: MemoryKeyValueStore,
  turn: () => Promise<void>,
  kill: { readonly atWrite: number; readonly when: 'before' | 'after' } | undefined,
): KeyValueStore {
  let written = 0;
  return new Proxy(store, {
    get(target, name: keyof KeyValueStore) {
      return async (...args: unknown[]) => {
        await turn();
        const isKilled = writes.has(name) && (written += 1) === kill?.atWrite;
        if (isKilled && kill.when === 'before') throw new Killed();
        const answer = await (target[name] as StoreCall).apply(target, args);
        if (isKilled) throw new Killed();
        return answer;
      };
    },
  });
}

async function setUp() {
  const store = createMemoryKeyValueStore();
  const server = createFakeAnalysisServer();
  await createConnectionRepository(store).add({
    ...newConnection,
    connectionId,
    name: 'Server',
    kind: 'sonarqube-server',
    url: 'https://sonar.example.com',
  });
  await createSecretRepository(store).saveToken(connectionId, {
    token: 'token',
    url: 'https://sonar.example.com',
  });
  let chance = 0;
  const randomness = { uuid: () => `claim-${(chance += 1)}`, secret: () => 'secret' };

  function invoke(own: KeyValueStore) {
    const bindings = createBindingRepository(own);
    const unbind = createUnbindProject({
      bindings,
      verdicts: createVerdictRepository(own),
      branches: createBranchRepository(own),
      issues: createIssueRepository(own),
      publications: createPublicationRepository(own),
      queue: { push: () => Promise.resolve() },
    });
    return {
      bind: createBindProject({
        bindings,
        unbindProject: unbind,
        connections: createConnectionRepository(own),
        secrets: createSecretRepository(own),
        openServer: server.open,
        randomness,
      }),
      unbind,
    };
  }
  return { store, invoke, bindings: createBindingRepository(store) };
}

const action = fc.record({
  kind: fc.constantFrom('bind', 'unbind'),
  repository: fc.constantFrom(...repositories),
  projectKey: fc.constantFrom(...projectKeys),
  kill: fc.option(
    fc.record({
      atWrite: fc.integer({ min: 1, max: 4 }),
      when: fc.constantFrom('before', 'after'),
    }),
    { nil: undefined },
  ),
});
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

type World = Awaited<ReturnType<typeof setUp>>;

async function run({ invoke, store }: World, each: Action, turn: () => Promise<void>) {
  const own = createInvocationStore(store, turn, each.kill);
  const { bind, unbind } = invoke(own);
  const input = {
    connectionId,
    projectKey: each.projectKey,
    repositoryUuid: each.repository,
  };
  try {
    await (each.kind === 'bind' ? bind(input) : unbind(input));
    return 'done';
  } catch (error) {
    if (error instanceof Killed) return 'killed';
    if (error instanceof AppError && error.code === 'CONFLICT') return 'conflict';
    throw error;
  }
}

const atOnce = () => Promise.resolve();

/** No project has two repositories, and what is bound is claimed by who has it. */
async function expectAgreement({ bindings }: World) {
  for (const projectKey of projectKeys) {
    const project = { connectionId, projectKey };
    const holders: string[] = [];
    for (const repository of repositories) {
      const bound = findBound(await bindings.find(repository), project);
      if (bound?.state === 'bound') holders.push(repository);
    }
    expect(holders.length).toBeLessThanOrEqual(1);
    if (holders[0] !== undefined) {
      expect((await bindings.findClaim(project))?.repositoryUuid).toBe(holders[0]);
    }
  }
}

describe('bindings under crashes and two administrators at once', () => {
  it('[B9] never give a project to two repositories, and are never refused by a leftover', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.array(action, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 }),
        async (scheduler, rounds) => {
          const world = await setUp();
          for (const round of rounds) {
            // Those of one round run at once, one store call of any of them after the other.
            const ends = Promise.all(
              round.map((each) => run(world, each, () => scheduler.schedule(Promise.resolve()))),
            );
            await scheduler.waitFor(ends);
          }

          // Whatever was killed is called again; then everything agrees.
          const killed = rounds.flat().filter(({ kill }) => kill);
          for (const each of killed) await run(world, { ...each, kill: undefined }, atOnce);
          await expectAgreement(world);

          // Unbinding everything leaves nothing, and anybody can bind.
          for (const repository of repositories) {
            for (const projectKey of projectKeys) {
              await run(world, { kind: 'unbind', repository, projectKey, kill: undefined }, atOnce);
            }
          }
          const dump = world.store.dump();
          expect(dump).not.toContain('entity binding');
          expect(dump).not.toContain('entity project-claim');
        },
      ),
      { numRuns: 400 },
    );
  });

  it('[B9] bind for another repository what a crash left claimed', async () => {
    await fc.assert(
      fc.asyncProperty(action, action, async (crashed, next) => {
        const world = await setUp();
        const [first = '', second = ''] = repositories;
        const [projectKey = ''] = projectKeys;
        await run(world, { ...crashed, kind: 'bind', repository: first, projectKey }, atOnce);
        await run(world, { ...next, kind: 'unbind', repository: first, projectKey }, atOnce);
        const isBound = findBound(await world.bindings.find(first), { connectionId, projectKey });

        const outcome = await run(
          world,
          { kind: 'bind', repository: second, projectKey, kill: undefined },
          atOnce,
        );

        expect(outcome).toBe(isBound ? 'conflict' : 'done');
        await expectAgreement(world);
      }),
      { numRuns: 200 },
    );
  });

  it('[O6] forget the verdicts of a repository with its last project', async () => {
    const world = await setUp();
    const bind = { kind: 'bind', repository: repositoryUuid, kill: undefined } as const;
    for (const projectKey of projectKeys) await run(world, { ...bind, projectKey }, atOnce);
    const verdicts = createVerdictRepository(world.store);
    const record = buildRecord();
    await verdicts.save(record, undefined);

    await run(world, { ...bind, kind: 'unbind', projectKey: 'acme_shop' }, atOnce);
    expect(await verdicts.find(record)).toBeDefined();
    await run(world, { ...bind, kind: 'unbind', projectKey: 'acme_api' }, atOnce);
    expect(await verdicts.find(record)).toBeUndefined();
    expect(world.store.dump()).not.toContain(`${repositoryUuid}:7`);
  });
});
