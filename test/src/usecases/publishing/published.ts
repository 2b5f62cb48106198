import type { Issue } from '../../../../src/contracts/verdict';
import {
  boundProject,
  buildGate,
  failedGate,
  headCommit,
  identity,
  isoAt,
  repositoryUuid,
  workspaceUuid,
} from '../../../support/app/build-app-data';
import type { FakeCodeInsights } from '../../../support/app/fake-code-insights';
import { type AppUnderTest } from '../../../support/app/set-up-app';

export const project = {
  connectionId: boundProject.connectionId,
  projectKey: boundProject.projectKey,
};
export const kinds = (app: AppUnderTest) => app.codeInsights.writes.map(({ kind }) => kind);

/** What the server says from now on. */
export function analyse(
  app: AppUnderTest,
  { isFailed = false, issues = [] as readonly Issue[], commit = headCommit, at = -300_000 } = {},
) {
  app.server.gate = isFailed
    ? {
        ...failedGate,
        conditions: failedGate.conditions.map((each) => ({
          ...each,
          actual: String(issues.length),
        })),
      }
    : buildGate();
  app.server.listed = [
    { key: '7', gateStatus: isFailed ? 'ERROR' : 'OK', analysedAt: isoAt(at), commit },
  ];
  app.server.issues = issues;
}

/** The re-read that a push, a webhook or the schedule asks for, worked off as the consumer does. */
export async function reread(app: AppUnderTest) {
  return app.handleVerdictJob({ kind: 'refresh', ...identity, trigger: 'push' }, workspaceUuid);
}

export async function say(app: AppUnderTest, values: Record<string, unknown>) {
  const place = { level: 'repository', uuid: repositoryUuid } as const;
  const sequence = (await app.settings.find(place))?.sequence;
  await app.settings.save(
    place,
    { sequence: (sequence ?? 0) + 1, own: { values, locks: [] } },
    sequence,
  );
}

/** What a reader of the pull request sees on the head commit. */
export function shown(codeInsights: FakeCodeInsights, commit = headCommit) {
  return {
    reports: [...codeInsights.reports]
      .filter(([place]) => place.startsWith(commit))
      .map(([place, { result }]) => [place.split(' ')[1], result]),
    annotations: [...codeInsights.annotations]
      .filter(([place]) => place.startsWith(commit))
      .map(([place, known]) => [place.split(' ')[1], [...known.keys()].sort()]),
    statuses: [...codeInsights.statuses]
      .filter(([place]) => place.startsWith(commit))
      .map(([, { key, state }]) => [key, state]),
  };
}
