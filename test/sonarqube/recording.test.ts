import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareShape, shapeOf } from '../contract/shape';
import {
  emptyProjectKey,
  exchanges,
  projectKey,
  type Exchange,
} from '../support/sonarqube-exchanges';
import {
  fixtureFolder,
  readRecorded,
  recordedVersion,
  type RecordedAnswer,
} from '../support/sonarqube-recordings';
import { normalise } from './support/normalise';
import {
  call,
  createHiddenProject,
  createStrangersToken,
  post,
  realServer,
} from './support/real-server';
import { createScannedProject, type ScannedProject } from './support/scan';

const isRecording = process.env.GATEHOUSE_SONARQUBE_RECORD === '1';
const folder = fixtureFolder(realServer.version);

async function firstOf(
  operation: string,
  parameters: Readonly<Record<string, string>>,
  list: string,
  member: string,
): Promise<string> {
  const body = (await (await call(operation, { parameters })).json()) as Record<
    string,
    readonly Readonly<Record<string, string>>[]
  >;
  const found = body[list]?.[0]?.[member];
  if (found === undefined)
    throw new Error(`${operation} names no ${member}: ${JSON.stringify(body)}`);
  return found;
}

describe('what a real server answers', () => {
  let project: ScannedProject;
  let strangersToken: string;
  let names: Readonly<Record<string, string>>;

  beforeAll(async () => {
    strangersToken = await createStrangersToken('recorded-stranger');
    for (const [key, name] of [
      [projectKey, 'Recorded project'],
      [emptyProjectKey, 'Never analysed'],
    ] as const) {
      await createHiddenProject(key, name);
    }
    await post('webhooks/create', {
      project: projectKey,
      name: 'Gatehouse',
      url: 'https://hooks.example.org/gatehouse',
      secret: 'a-secret-of-this-test',
    });
    project = await createScannedProject();
    await project.scan(projectKey, { 'sonar.projectVersion': '1' });
    await project.write(
      'src/price.js',
      Array.from({ length: 12 }, (_, line) =>
        [
          `export function price${line}(value) {`,
          `  var factor = ${line};`,
          `  return value == factor;`,
          '}',
        ].join('\n'),
      ).join('\n'),
    );
    const taskId = await project.scan(projectKey, { 'sonar.projectVersion': '2' });
    const issueKey = await firstOf(
      'issues/search',
      { components: projectKey, resolved: 'false' },
      'issues',
      'key',
    );
    const hotspotKey = await firstOf('hotspots/search', { project: projectKey }, 'hotspots', 'key');
    let deliveryId: string | undefined;
    while (deliveryId === undefined) {
      deliveryId = await firstOf(
        'webhooks/deliveries',
        { componentKey: projectKey },
        'deliveries',
        'id',
      ).catch(() => undefined);
    }
    names = { taskId, issueKey, hotspotKey, deliveryId };
  });
  afterAll(() => project.remove());

  async function ask({ operation, method = 'GET', parameters = {}, as }: Exchange) {
    const token = {
      administrator: realServer.token,
      stranger: strangersToken,
      nobody: 'squ_nothing',
      none: 'none',
    }[as ?? 'administrator'];
    const filled = Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [
        name,
        value.replace(/^\{(\w+)\}$/, (_, known: string) => names[known] ?? value),
      ]),
    );
    return normalise(await call(operation, { method, parameters: filled, token }), [
      realServer.token,
      strangersToken,
    ]);
  }

  function keep(name: string, answer: RecordedAnswer) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(answer, undefined, 2)}\n`);
  }

  it.each(exchanges)('$name is what is recorded', async (exchange) => {
    const answer = await ask(exchange);

    expect(JSON.stringify(answer)).not.toContain(realServer.token);
    if (isRecording) keep(exchange.name, answer);
    const recorded = readRecorded(exchange.name);
    const isSameVersion = folder === fixtureFolder(recordedVersion());
    expect(answer.status).toBe(recorded.status);
    // Another version may have more members, which the recording of its own shows.
    const problems = compareShape(shapeOf([recorded.body]), answer.body);
    expect(
      isSameVersion ? problems : problems.filter((text) => !text.includes('in no sample')),
    ).toEqual([]);
  });
});
