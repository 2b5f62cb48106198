import type { ImportOptions, ImportSelection } from '../../../../src/contracts/imports';
import type { ListedRepository } from '../../../../src/domain/ports/bitbucket';
import {
  connectionId,
  projectKey,
  repositoryUuid,
  workspaceUuid,
} from '../../../support/app/build-app-data';
import { setUpApp, type AppUnderTest } from '../../../support/app/set-up-app';

export const uuidOf = (number: number) =>
  `77777777-0000-4000-8000-${String(number).padStart(12, '0')}`;
export const slugOf = (number: number) => `repo-${String(number).padStart(4, '0')}`;
export const keyOf = (number: number) => `acme_${slugOf(number)}`;

export function buildListed(
  number: number,
  part: Partial<ListedRepository> = {},
): ListedRepository {
  const slug = slugOf(number);
  return {
    ...{ repositoryUuid: uuidOf(number), name: slug, slug, isPrivate: true, isFork: false },
    ...{ mainBranch: 'main', sizeBytes: 5_000 },
    ...part,
  };
}

export const options: ImportOptions = {
  keyPrefix: 'acme_',
  publicStaysPublic: false,
  includesForks: false,
  includesEmpty: false,
  newCode: { kind: 'server' },
  parallel: 4,
};
export const everything: ImportSelection = { kind: 'matching', query: '', except: [] };

/** A workspace with so many repositories that nobody bound yet, and a commercial Server with a record of it. */
export async function setUpImport(count: number) {
  const app = await setUpApp();
  await app.unbindProject({ connectionId, projectKey, repositoryUuid });
  const current = await app.connections.find(connectionId);
  if (!current) throw new Error('There is no connection.');
  await app.connections.replace(
    {
      ...current,
      kind: 'sonarqube-server',
      organizationKey: undefined,
      edition: 'developer',
      capabilities: { pullRequests: true, devOpsPlatforms: true, projectBindings: true },
      sequence: 2,
    },
    1,
  );
  app.server.records = [{ kind: 'bitbucket-cloud', key: 'ours', workspace: 'acme', clientId: 'c' }];
  app.bitbucket.listed = Array.from({ length: count }, (_, place) => buildListed(place));
  return app;
}

/** Delivers the messages of the queue until none is left, as the platform would; each wait passes on the clock. */
export async function runQueue(app: AppUnderTest, most = Infinity): Promise<number> {
  let mostCalls = 0;
  for (let count = 0; count < most; count += 1) {
    const job = app.operationJobs.shift();
    if (!job) break;
    app.time.nowMs += job.delaySeconds * 1000;
    const before = countCalls(app);
    await app.runOperation(job.operationId, workspaceUuid);
    mostCalls = Math.max(mostCalls, countCalls(app) - before);
  }
  return mostCalls;
}

export const countCalls = (app: AppUnderTest) => app.server.calls.length + app.bitbucket.counts.all;

export async function makePlan(
  app: AppUnderTest,
  part: { selection?: ImportSelection; options?: Partial<ImportOptions> } = {},
): Promise<string> {
  const { runId } = await app.planImport({
    connectionId,
    selection: part.selection ?? everything,
    options: { ...options, ...part.options },
    accountId: 'olivia',
  });
  await runQueue(app);
  return runId;
}

export const start = (app: AppUnderTest, runId: string) =>
  app.startImport.start(runId, { acceptsOverLimit: false, accountId: 'olivia' });

export async function importAll(
  app: AppUnderTest,
  part: Parameters<typeof makePlan>[1] = {},
): Promise<string> {
  const runId = await makePlan(app, part);
  await start(app, runId);
  await runQueue(app);
  return runId;
}

/** Every item of a run. */
export async function listItems(app: AppUnderTest, runId: string) {
  const items = [];
  for (let page: number | undefined = 0; page !== undefined;) {
    const found = await app.viewImports.items(runId, page, undefined);
    items.push(...found.items);
    page = found.nextPage;
  }
  return items;
}

export const countsOf = async (app: AppUnderTest, runId: string) =>
  (await app.viewImports.view(runId)).counts;
