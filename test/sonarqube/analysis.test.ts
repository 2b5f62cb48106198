import { createHmac } from 'node:crypto';
import { buildView } from '../../src/domain/build-view';
import { toDeliveryMessage } from '../../src/clients/sonarqube/to-delivery-message';
import { presented, presentedId } from './support/presented-as-pull-request';
import { startPlatform, type RealPlatform } from './support/real-platform';
import { call, post, publicUrl, realServer } from './support/real-server';
import { createScannedProject, type ScannedProject } from './support/scan';
import { createUseCases, headHash, repositoryUuid } from './support/use-cases';

const projectKey = 'analysed-project';
const gateName = 'No issue at all';

interface Delivery {
  readonly id: string;
  readonly success: boolean;
  readonly httpStatus?: number;
  readonly ceTaskId?: string;
  readonly url: string;
}

async function read<T>(operation: string, parameters: Readonly<Record<string, string>>) {
  return (await (await call(operation, { parameters })).json()) as T;
}

const listDeliveries = async () =>
  (
    await read<{ deliveries: readonly Delivery[] }>('webhooks/deliveries', {
      componentKey: projectKey,
    })
  ).deliveries;

async function waitFor<T>(what: string, find: () => Promise<T | undefined>): Promise<T> {
  const endsAtMs = Date.now() + 60_000;
  while (Date.now() < endsAtMs) {
    const found = await find();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`${what} did not happen in a minute.`);
}

/** What a reader of the pull request is shown, after asking the server now. */
async function readView(app: ReturnType<typeof createUseCases>) {
  const identity = { repositoryUuid, pullRequestId: presentedId };
  await app.refreshVerdict({
    ...identity,
    workspaceUuid: repositoryUuid,
    trigger: 'manual',
  });
  return buildView({
    repositoryUuid,
    pullRequest: { pullRequestId: presentedId, state: 'OPEN', headHash, isFork: false },
    binding: await app.bindings.find(repositoryUuid),
    record: await app.verdicts.find(identity),
    nowMs: Date.now(),
  });
}

async function bind(app: ReturnType<typeof createUseCases>) {
  const { connectionId } = await app.connect();
  await app.bindProject({
    repositoryUuid,
    connectionId,
    projectKey,
  });
}

describe('a project that the official scanner analysed on a real server', () => {
  let real: RealPlatform;
  let project: ScannedProject;
  let connectionId: string;
  let taskId: string;

  beforeAll(async () => {
    await post('settings/set', { key: 'sonar.validateWebhooks', value: 'false' });
    await post('projects/create', {
      project: projectKey,
      name: 'Analysed project',
      mainBranch: 'main',
      visibility: 'private',
    });
    await post('qualitygates/create', { name: gateName });
    await post('qualitygates/create_condition', {
      gateName,
      metric: 'violations',
      op: 'GT',
      error: '0',
    });
    await post('qualitygates/select', { gateName, projectKey });
    real = await startPlatform();
    const answer = await real.platform.runHandler('host-setup.setUp', {
      connection: {
        name: 'Real server',
        kind: 'sonarqube-server',
        url: publicUrl,
        token: realServer.token,
      },
      bindings: [{ repositoryUuid, projectKey, projectName: 'Analysed project' }],
    });
    ({ connectionId } = answer as { connectionId: string });
    project = await createScannedProject();
    taskId = await project.scan(projectKey);
  });

  afterAll(async () => {
    project.remove();
    await real.stop();
    await post('settings/reset', { keys: 'sonar.validateWebhooks' });
  });

  it('[D1] gives the card its gate, conditions, measures, issues and hotspots', async () => {
    const app = createUseCases({ neighbour: presented });
    await bind(app);

    const view = await readView(app);

    expect(view.state).toBe('failed');
    const [verdict] = view.projects;
    expect(verdict?.conditions).toEqual([
      expect.objectContaining({ metricKey: 'violations', status: 'failed', threshold: '0' }),
    ]);
    expect(verdict?.issueCount).toBe(verdict?.issues.length);
    expect(verdict?.issues).toContainEqual(
      expect.objectContaining({ kind: 'hotspot', path: 'src/cart.js' }),
    );
    expect(verdict?.issues).toContainEqual(
      expect.objectContaining({ kind: 'codeSmell', path: 'src/cart.js' }),
    );
    expect(verdict?.issues.every(({ line }) => (line ?? 0) > 0)).toBe(true);
  });

  it('shows "not supported" where the server is asked about a pull request itself', async () => {
    const app = createUseCases();
    await bind(app);

    const view = await readView(app);

    expect(view.state).toBe('notSupported');
    expect(view.reason).toMatch(/edition/);
  });

  it('[F2] is told of by a delivery of the server itself, whose signature the web trigger accepts', async () => {
    const delivery = await waitFor('The delivery of the analysis', async () =>
      (await listDeliveries()).find(
        ({ ceTaskId, url }) => ceTaskId === taskId && url.endsWith(`/${connectionId}`),
      ),
    );

    expect(delivery).toMatchObject({ success: true, httpStatus: 202 });
    expect(delivery.url.startsWith(real.platform.baseUrl)).toBe(true);
    expect(delivery.url.endsWith(`/${connectionId}`)).toBe(true);
    const { delivery: whole } = await read<{ delivery: { payload: string } }>('webhooks/delivery', {
      deliveryId: delivery.id,
    });
    expect(toDeliveryMessage(whole.payload)).toMatchObject({
      projectKey,
      pullRequestKey: undefined,
      revision: project.revision,
    });
    const unsigned = await fetch(delivery.url, { method: 'POST', body: whole.payload });
    const forged = await fetch(delivery.url, {
      method: 'POST',
      body: whole.payload,
      headers: {
        'X-Sonar-Webhook-HMAC-SHA256': createHmac('sha256', 'another secret')
          .update(whole.payload)
          .digest('hex'),
      },
    });
    expect([unsigned.status, forged.status]).toEqual([401, 401]);
  });

  it('[F2] turns green when its issues are accepted, without a new scan, and so does the card', async () => {
    const app = createUseCases({ neighbour: presented });
    await bind(app);
    expect((await readView(app)).state).toBe('failed');
    const before = (await listDeliveries()).length;

    const { issues } = await read<{ issues: readonly { key: string }[] }>('issues/search', {
      components: projectKey,
      resolved: 'false',
    });
    for (const { key } of issues) {
      await post('issues/do_transition', { issue: key, transition: 'accept' });
    }

    const view = await readView(app);
    expect([view.state, view.projects[0]?.conditions[0]?.status]).toEqual(['passed', 'passed']);
    const flipped = await waitFor('The delivery of the changed gate', async () => {
      const deliveries = await listDeliveries();
      return deliveries.length > before
        ? deliveries.find(
            ({ ceTaskId, url }) => ceTaskId === undefined && url.endsWith(`/${connectionId}`),
          )
        : undefined;
    });
    expect(flipped).toMatchObject({ success: true, httpStatus: 202 });
    const { delivery } = await read<{ delivery: { payload: string } }>('webhooks/delivery', {
      deliveryId: flipped.id,
    });
    const payload = JSON.parse(delivery.payload) as Record<string, unknown>;
    expect(payload).not.toHaveProperty('taskId');
    expect(payload['qualityGate']).toMatchObject({ name: gateName, status: 'OK' });
  });
});
