import { createBindingRepository } from '../../../src/storage/binding-repository';
import { createIssueRepository } from '../../../src/storage/issue-repository';
import { createLeaseRepository } from '../../../src/storage/lease-repository';
import { createSecretRepository } from '../../../src/storage/secret-repository';
import { createVerdictRepository } from '../../../src/storage/verdict-repository';
import { StoredRecordError } from '../../../src/errors/stored-record-error';
import {
  buildBinding,
  buildClaim,
  buildIssueList,
  buildRecord,
  buildTruth,
  connectionId,
  identity,
  projectKey,
  repositoryUuid,
  startMs,
} from '../../support/app/build-app-data';
import { createMemoryKeyValueStore } from '../../support/app/memory-key-value-store';

const verdictKey = `${repositoryUuid}:7`;
const valueBytes = 240 * 1024;

describe('stored verdicts', () => {
  it('come back as they were written', async () => {
    const verdicts = createVerdictRepository(createMemoryKeyValueStore());
    const record = buildRecord();

    expect(await verdicts.save(record, undefined)).toBe(true);
    expect(await verdicts.find(identity)).toEqual(record);
    expect(await verdicts.find({ ...identity, pullRequestId: 8 })).toBeUndefined();
  });

  it('[G7] are never overwritten by an older reading', async () => {
    const verdicts = createVerdictRepository(createMemoryKeyValueStore());
    await verdicts.save(buildRecord({ sequence: 1 }), undefined);
    await verdicts.save(buildRecord({ sequence: 2, knownFrom: 'webhook' }), 1);

    expect(await verdicts.save(buildRecord({ sequence: 2, knownFrom: 'poll' }), 1)).toBe(false);
    expect(await verdicts.save(buildRecord({ sequence: 1 }), undefined)).toBe(false);
    expect((await verdicts.find(identity))?.knownFrom).toBe('webhook');
  });

  it('fit into one value of the store, whatever a monorepo brings', async () => {
    const store = createMemoryKeyValueStore();
    const verdicts = createVerdictRepository(store);
    const projects = Array.from({ length: 60 }, (_, index) =>
      buildTruth({ projectKey: `project-${index}`, issues: buildIssueList(50), issueCount: 50 }),
    );

    await verdicts.save(buildRecord({ projects }), undefined);

    const stored = JSON.stringify(await store.getEntity('verdict', verdictKey));
    expect(Buffer.byteLength(stored)).toBeLessThan(valueBytes);
    expect((await verdicts.find(identity))?.projects[59]?.issueCount).toBe(50);
  });

  it.each([
    ['a later version', { sequence: 1, record: { version: 2 } }],
    ['another shape', { sequence: 1, record: { version: 1, projects: 'none' } }],
    ['no record', { sequence: 1 }],
  ])('of %s are refused on the way out', async (_, value) => {
    const store = createMemoryKeyValueStore();
    await store.addEntity('verdict', verdictKey, value);

    await expect(createVerdictRepository(store).find(identity)).rejects.toThrow(StoredRecordError);
  });
});

describe('stored issues', () => {
  const address = { ...identity, connectionId, projectKey };

  it('of any number come back in their order, in values that the store takes', async () => {
    const store = createMemoryKeyValueStore();
    const repository = createIssueRepository(store);
    const issues = buildIssueList(1_000).map((issue) => ({ ...issue, message: 'ü'.repeat(500) }));

    const stored = await repository.save(address, issues, undefined);

    expect(stored.chunks).toBeGreaterThan(1);
    expect(await repository.find(address, stored)).toEqual(issues);
    const values = JSON.parse(store.dump()) as [string, string][];
    for (const [, chunk] of values) expect(Buffer.byteLength(chunk)).toBeLessThan(valueBytes);
  });

  it('that are the same are not written again', async () => {
    const store = createMemoryKeyValueStore();
    const repository = createIssueRepository(store);
    const first = await repository.save(address, buildIssueList(60), undefined);
    const { writes } = store.counts;

    expect(await repository.save(address, buildIssueList(60), first)).toEqual(first);
    expect(store.counts.writes).toBe(writes);
  });

  it('stay whole while others are written, also after a crash in between', async () => {
    const repository = createIssueRepository(createMemoryKeyValueStore());
    const first = await repository.save(address, buildIssueList(60), undefined);

    const second = await repository.save(address, buildIssueList(61), first);

    expect(second.slot).not.toBe(first.slot);
    expect(await repository.find(address, first)).toEqual(buildIssueList(60));
  });

  it('that were rewritten meanwhile are not mistaken for the wanted ones', async () => {
    const repository = createIssueRepository(createMemoryKeyValueStore());
    const first = await repository.save(address, buildIssueList(60), undefined);
    const second = await repository.save(address, buildIssueList(61), first);
    await repository.save(address, buildIssueList(62), second);

    expect(await repository.find(address, first)).toBeUndefined();
  });
});

describe('a lease', () => {
  function setUp() {
    const time = { nowMs: startMs };
    const store = createMemoryKeyValueStore();
    return { time, store, leases: createLeaseRepository(store, { nowMs: () => time.nowMs }) };
  }

  it('is given to one of many', async () => {
    const { leases } = setUp();

    const claims = await Promise.all(
      Array.from({ length: 10 }, (_, index) => leases.claim('read:1', `holder-${index}`, 1_000)),
    );

    expect(claims.filter(({ isClaimed }) => isClaimed)).toHaveLength(1);
  });

  it('that has ended is taken over by one of many', async () => {
    const { leases, time } = setUp();
    await leases.claim('read:1', 'killed', 1_000);
    expect(await leases.claim('read:1', 'early', 1_000)).toEqual({
      isClaimed: false,
      expiresAtMs: startMs + 1_000,
    });
    time.nowMs += 1_000;

    const claims = await Promise.all(
      Array.from({ length: 10 }, (_, index) => leases.claim('read:1', `holder-${index}`, 1_000)),
    );

    expect(claims.filter(({ isClaimed }) => isClaimed)).toHaveLength(1);
  });

  it('is given back by its holder alone', async () => {
    const { leases } = setUp();
    await leases.claim('read:1', 'holder', 1_000);

    await leases.release('read:1', 'somebody else');
    expect((await leases.claim('read:1', 'next', 1_000)).isClaimed).toBe(false);

    await leases.release('read:1', 'holder');
    expect((await leases.claim('read:1', 'next', 1_000)).isClaimed).toBe(true);
  });
});

describe('bindings and secrets', () => {
  it('leave a project with the first repository that claims it', async () => {
    const bindings = createBindingRepository(createMemoryKeyValueStore());
    const first = buildClaim({ projectKey: 'a:b', repositoryUuid: 'first' });
    const second = { ...first, repositoryUuid: 'second', claimId: 'claim-2' };

    expect(await bindings.addClaim(first)).toBe(true);
    expect(await bindings.addClaim(second)).toBe(false);
    expect(await bindings.replaceClaim(second, 'another claim')).toBe(false);
    await bindings.removeClaim(second);
    expect(await bindings.findClaim(first)).toEqual(first);
    expect(await bindings.replaceClaim(second, first.claimId)).toBe(true);
    expect(await bindings.findClaim(first)).toEqual(second);
  });

  it('are written on the sequence that was read, and go with their last project', async () => {
    const bindings = createBindingRepository(createMemoryKeyValueStore());

    expect(await bindings.save(buildBinding(), undefined)).toBe(true);
    expect(await bindings.save(buildBinding(), undefined)).toBe(false);
    expect(await bindings.save(buildBinding({ sequence: 3 }), 2)).toBe(false);
    expect(await bindings.save(buildBinding({ sequence: 2, projects: [] }), 1)).toBe(true);
    expect(await bindings.find(repositoryUuid)).toBeUndefined();
  });

  it('are kept apart', async () => {
    const store = createMemoryKeyValueStore();
    const secrets = createSecretRepository(store);

    await secrets.saveToken(connectionId, { token: 'hidden', url: 'https://sonar.example' });

    expect(await secrets.findToken(connectionId)).toMatchObject({ token: 'hidden' });
    expect(await store.get(`token:${connectionId}`)).toBeUndefined();
  });
});
