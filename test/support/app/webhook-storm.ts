import { createHmac } from 'node:crypto';
import type { VerdictJob } from '../../../src/contracts/jobs';
import {
  buildGate,
  connectionId,
  failedGate,
  headCommit,
  projectKey,
  repositoryUuid,
  workspaceUuid,
} from './build-app-data';
import { setUpApp, webhookSecret, type AppUnderTest } from './set-up-app';

const minuteMs = 60_000;
const pullRequests = 40;
/** Deliveries within a minute of the simulated time. */
const perMinute = 25;

/** What came of a storm, in counts. */
export interface StormResult {
  readonly sent: number;
  readonly dropped: number;
  readonly repeated: number;
  /** Calls to the server while messages came, and afterwards. */
  readonly callsMeanwhile: number;
  readonly callsToCatchUp: number;
  /** What it takes to read each change once, with the call that tells it and the call that dates it. */
  readonly callsForEachChange: number;
  /** Pull requests whose stored verdict is not what the server says. */
  readonly wrong: readonly number[];
  /** Writes to Bitbucket in one more hour in which nothing changes. */
  readonly writesAfterwards: number;
}

/** The same numbers from 0 to 1 in every run. */
function createChance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** A delivery as the server makes it. */
function toBody(id: number, atMs: number): string {
  const at = new Date(atMs).toISOString();
  return JSON.stringify({
    project: { key: projectKey },
    branch: { name: String(id), type: 'PULL_REQUEST', isMain: false },
    revision: headCommit,
    analysedAt: at,
    changedAt: at,
  });
}

async function deliver(app: AppUnderTest, body: string): Promise<void> {
  const signature = createHmac('sha256', webhookSecret).update(body).digest('hex');
  await app.receiveDelivery({ connectionId, body, signature });
}

/** The queue on the clock of the app: a job that asks for a later time gets it. */
function createQueueWorker(app: AppUnderTest): () => Promise<void> {
  let held: { readonly job: VerdictJob; readonly atMs: number }[] = [];
  return async () => {
    for (let isDone = false; !isDone;) {
      const fresh = app.jobs.splice(0).map((job) => {
        const waitMs = (app.delays.get(job) ?? 0) * 1000;
        return { job, atMs: app.time.nowMs + waitMs };
      });
      held = [...held, ...fresh];
      const due = held.filter(({ atMs }) => atMs <= app.time.nowMs);
      held = held.filter(({ atMs }) => atMs > app.time.nowMs);
      for (const { job } of due) await app.handleVerdictJob(job, workspaceUuid);
      isDone = due.length === 0;
    }
  };
}

async function findWrong(app: AppUnderTest): Promise<number[]> {
  const wrong: number[] = [];
  for (const [pullRequestId, { gate }] of app.server.pullRequests ?? []) {
    const record = await app.verdicts.find({ repositoryUuid, pullRequestId });
    if (record?.projects[0]?.gate?.status !== gate.status) wrong.push(pullRequestId);
  }
  return wrong;
}

/** Each message tells of one change of a gate; a tenth is dropped, a fifth comes twice, all come up to four minutes late. */
export async function runWebhookStorm(webhooks: number): Promise<StormResult> {
  const app = await setUpApp();
  const chance = createChance(20_261_128);
  const work = createQueueWorker(app);
  const truth: NonNullable<AppUnderTest['server']['pullRequests']> = new Map();
  app.server.pullRequests = truth;
  let underway: { readonly atMs: number; readonly body: string }[] = [];
  const counts = { dropped: 0, repeated: 0 };

  function change(id: number): void {
    truth.set(id, {
      gate: chance() < 0.5 ? failedGate : buildGate(),
      analysedAt: new Date(app.time.nowMs).toISOString(),
      commit: headCommit,
    });
  }

  function send(body: string): void {
    underway.push({ atMs: app.time.nowMs + chance() * 4 * minuteMs, body });
  }

  async function passTime(ms: number): Promise<void> {
    const untilMs = app.time.nowMs + ms;
    const due = underway.filter(({ atMs }) => atMs <= untilMs);
    underway = underway.filter(({ atMs }) => atMs > untilMs);
    for (const { body } of due) await deliver(app, body);
    app.time.nowMs = untilMs;
    await work();
  }

  async function passAnHour(): Promise<void> {
    for (let minutes = 0; minutes < 60; minutes += 5) {
      await passTime(5 * minuteMs);
      await app.readDue();
      await work();
    }
  }

  for (let id = 1; id <= pullRequests; id += 1) change(id);
  for (let sent = 0; sent < webhooks; sent += 1) {
    const id = 1 + Math.floor(chance() * pullRequests);
    change(id);
    const body = toBody(id, app.time.nowMs);
    if (chance() < 0.1) counts.dropped += 1;
    else send(body);
    if (chance() < 0.2) {
      counts.repeated += 1;
      send(body);
    }
    if (sent % perMinute === 0) await passTime(minuteMs);
  }
  const callsMeanwhile = app.server.calls.length;
  await passAnHour();
  const callsToCatchUp = app.server.calls.length - callsMeanwhile;
  const written = app.codeInsights.writes.length;
  const wrong = await findWrong(app);
  await passAnHour();
  return {
    sent: webhooks,
    ...counts,
    callsMeanwhile,
    callsToCatchUp,
    callsForEachChange: webhooks * 2,
    wrong,
    writesAfterwards: app.codeInsights.writes.length - written,
  };
}
