import { at, valuesOf } from './stand-in';
import { addTopicTo } from './topic-repository';
import { useWorld } from './use-world';

const report = { title: 'Gate', report_type: 'BUG', result: 'PENDING' };

function buildAnnotation(id: number, part: object = {}) {
  return { external_id: `a-${id}`, annotation_type: 'BUG', summary: `Issue ${id}`, ...part };
}

describe('Code Insights', () => {
  const stage = useWorld();
  const get = (path: string) => stage.world.get(path);
  const send = (method: string, path: string, body?: unknown) =>
    stage.world.send(method, path, body);

  async function setUp() {
    const topic = await addTopicTo(stage);
    const commit = `${topic.base}/commit/${topic.fixture.hash('topic')}`;
    return { ...topic, commit, gate: `${commit}/reports/gate` };
  }

  it('creates a report and replaces it in place, with its annotations kept', async () => {
    const { gate } = await setUp();
    const first = await send('PUT', gate, report);
    await send('POST', `${gate}/annotations`, [buildAnnotation(1)]);

    const second = await send('PUT', gate, { ...report, result: 'FAILED' });

    expect([first.status, second.status]).toEqual([200, 200]);
    expect(at(second.body, 'uuid')).toBe(at(first.body, 'uuid'));
    expect((await get(gate)).body).toMatchObject({ external_id: 'gate', result: 'FAILED' });
    expect(valuesOf((await get(`${gate}/annotations`)).body)).toHaveLength(1);
  });

  it('takes 100 annotations at once, 1,000 in all, and each id once', async () => {
    const { gate } = await setUp();
    await send('PUT', gate, report);
    const batch = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => buildAnnotation(from + index));
    const post = async (list: unknown) => (await send('POST', `${gate}/annotations`, list)).status;

    const tooMany = await send('POST', `${gate}/annotations`, batch(0, 101));
    const twice = await post([buildAnnotation(1), buildAnnotation(1)]);
    const statuses: number[] = [];
    for (let from = 0; from < 1_000; from += 100) statuses.push(await post(batch(from, 100)));
    const again = await post(batch(900, 100));
    const over = await post([buildAnnotation(1_000)]);

    expect(tooMany.body).toEqual({
      code: 400,
      message: 'Bulk upload supports a maximum of /100 annotations.',
    });
    expect([tooMany.status, twice, again, over]).toEqual([400, 400, 200, 400]);
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  it.each([
    ['a summary of 451 characters', { summary: 'x'.repeat(451) }],
    ['a blank summary', { summary: '  ' }],
    ['line 0', { path: 'a.js', line: 0 }],
    ['an absolute path', { path: '/a.js' }],
    ['a link to localhost', { link: 'http://localhost:9000/x' }],
    ['a severity of its own', { severity: 'BLOCKER' }],
    ['no id', { external_id: undefined }],
  ])('refuses a whole batch for %s', async (...[, part]) => {
    const { gate } = await setUp();
    await send('PUT', gate, report);

    const answer = await send('POST', `${gate}/annotations`, [
      buildAnnotation(1),
      buildAnnotation(2, part),
    ]);

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 400 });
    expect(valuesOf((await get(`${gate}/annotations`)).body)).toEqual([]);
  });

  it.each([
    ['eleven fields', { data: Array.from({ length: 11 }, () => ({ title: 'a', value: 1 })) }],
    ['a percentage of 101', { data: [{ title: 'a', type: 'PERCENTAGE', value: 101 }] }],
    ['a link without a host', { link: 'http://sonar:9000' }],
    ['no title', { title: undefined }],
    ['a result of its own', { result: 'WARNING' }],
  ])('refuses a report with %s', async (...[, part]) => {
    const { gate } = await setUp();

    expect((await send('PUT', gate, { ...report, ...part })).status).toBe(400);
    expect((await get(gate)).status).toBe(404);
  });

  it('deletes a report with its annotations, and one annotation alone', async () => {
    const { gate } = await setUp();
    await send('PUT', gate, report);
    await send('POST', `${gate}/annotations`, [buildAnnotation(1), buildAnnotation(2)]);

    await send('DELETE', `${gate}/annotations/a-1`);
    const left = valuesOf((await get(`${gate}/annotations`)).body);
    await send('DELETE', gate);
    await send('PUT', gate, report);

    expect(left).toMatchObject([{ external_id: 'a-2' }]);
    expect(valuesOf((await get(`${gate}/annotations`)).body)).toEqual([]);
  });

  it('knows no report on a commit that was not pushed', async () => {
    const { base } = await setUp();

    expect((await send('PUT', `${base}/commit/${'0'.repeat(40)}/reports/x`, report)).status).toBe(
      404,
    );
  });

  it('answers 201 for a new status and 200 for one that it replaces', async () => {
    const { commit, base } = await setUp();
    const status = { key: 'gate', state: 'INPROGRESS', url: 'https://sonarcloud.io/x' };

    const first = await send('POST', `${commit}/statuses/build`, status);
    const second = await send('POST', `${commit}/statuses/build`, { ...status, state: 'FAILED' });

    expect([first.status, second.status]).toEqual([201, 200]);
    expect((await get(`${commit}/statuses/build/gate`)).body).toMatchObject({
      type: 'build',
      state: 'FAILED',
    });
    expect(valuesOf((await get(`${base}/pullrequests/1/statuses`)).body)).toHaveLength(1);
  });

  it('keeps the statuses of two branches apart, and shows each with those of no branch', async () => {
    const { commit } = await setUp();
    const status = { key: 'gate', state: 'FAILED', url: 'https://sonarcloud.io/x' };
    for (const refname of [undefined, 'topic', 'other']) {
      await send('POST', `${commit}/statuses/build`, { ...status, refname });
    }

    const of = async (query: string) =>
      valuesOf((await get(`${commit}/statuses${query}`)).body).length;

    expect([await of(''), await of('?refname=topic')]).toEqual([3, 2]);
  });

  it.each([
    ['a key of 41 characters', { key: 'x'.repeat(41) }],
    ['a host without a dot', { url: 'http://jenkins:8080/' }],
    ['a state of its own', { state: 'PENDING' }],
  ])('refuses a status with %s', async (...[, part]) => {
    const { commit } = await setUp();
    const status = { key: 'gate', state: 'FAILED', url: 'https://sonarcloud.io/x' };

    expect((await send('POST', `${commit}/statuses/build`, { ...status, ...part })).status).toBe(
      400,
    );
  });

  it('widens the repository of a pull request by its project where that is asked for', async () => {
    const { base } = await setUp();
    const fields = encodeURIComponent('+destination.repository.project.uuid');

    const plain = await get(`${base}/pullrequests/1`);
    const widened = await get(`${base}/pullrequests/1?fields=${fields}`);

    expect(at(plain.body, 'destination.repository.project')).toBeUndefined();
    expect(at(widened.body, 'destination.repository.project.uuid')).toMatch(/^\{/);
  });
});
