import { RemoteNotFoundError, RemoteUnavailableError } from '../../../../src/errors/remote-errors';
import { leaseMs, leaseNames } from '../../../../src/usecases/lease-names';
import {
  boundProject,
  buildBinding,
  buildClaim,
  buildIssueList,
  identity,
  repositoryUuid,
} from '../../../support/app/build-app-data';
import { setUpApp } from '../../../support/app/set-up-app';
import { analyse, project, reread, say, shown } from './published';

const call = { service: 'bitbucket', operation: 'deleteReport' } as const;

/** A red pull request with a report, three annotations and a build status. */
async function setUpRed() {
  const app = await setUpApp();
  await say(app, { buildStatus: 'verdict' });
  analyse(app, { isFailed: true, issues: buildIssueList(3) });
  await reread(app);
  return app;
}

describe('unbinding a project', () => {
  it('[B9] [A5] leaves no mark on the pull request that nobody keeps true', async () => {
    const app = await setUpRed();

    await app.unbindProject({ repositoryUuid, ...project });
    await app.consume();

    expect(shown(app.codeInsights)).toEqual({
      reports: [],
      annotations: [],
      statuses: [[expect.any(String), 'STOPPED']],
    });
    expect(await app.publications.find(identity, project)).toBeUndefined();
  });

  it('[N1] takes back the report of the one project and leaves that of the other', async () => {
    const app = await setUpApp();
    const other = { ...boundProject, projectKey: 'other', projectName: 'Other' };
    await app.bindings.addClaim(buildClaim({ projectKey: 'other' }));
    await app.bindings.save(buildBinding({ projects: [boundProject, other], sequence: 2 }), 1);
    analyse(app, { isFailed: true });
    await reread(app);

    await app.unbindProject({ repositoryUuid, ...project });
    await app.consume();

    expect(app.codeInsights.reports.size).toBe(1);
    expect(await app.publications.find(identity, other)).toBeDefined();
  });

  it('[B9] leaves the report of a project that is bound again by then', async () => {
    const app = await setUpRed();
    await app.unbindProject({ repositoryUuid, ...project });
    await app.bindProject({ repositoryUuid, ...project });

    await app.consume();

    expect(shown(app.codeInsights).reports).toEqual([[expect.any(String), 'FAILED']]);
  });

  it('[B9] waits for a writer that began before the unbinding', async () => {
    const app = await setUpRed();
    await app.unbindProject({ repositoryUuid, ...project });
    const [job] = app.jobs;
    if (!job) throw new Error('Nothing is to be taken back.');
    await app.leases.claim(leaseNames.publish(identity), 'writer', leaseMs.publish);

    const during = await app.handleVerdictJob(job, 'w');
    await app.leases.release(leaseNames.publish(identity), 'writer');
    const after = await app.handleVerdictJob(job, 'w');

    expect(during).toEqual({ kind: 'retry', retryAfterSeconds: 5, isRateLimit: false });
    expect(after).toEqual({ kind: 'done' });
    expect(shown(app.codeInsights).reports).toEqual([]);
  });

  it('[B9] goes on after a failure, and ends when the repository is gone', async () => {
    const app = await setUpRed();
    await app.unbindProject({ repositoryUuid, ...project });
    const [job] = app.jobs;
    if (!job) throw new Error('Nothing is to be taken back.');
    app.codeInsights.beforeWrite = () => {
      throw new RemoteUnavailableError(call, 'status 503');
    };
    const away = await app.handleVerdictJob(job, 'w');
    app.codeInsights.beforeWrite = () => {
      throw new RemoteNotFoundError(call, 'status 404');
    };

    const gone = await app.handleVerdictJob(job, 'w');

    expect([away.kind, gone.kind]).toEqual(['retry', 'done']);
    expect(await app.publications.find(identity, project)).toBeUndefined();
  });
});
