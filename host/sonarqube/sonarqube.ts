import { EMPTY_TREE, MAIN_BRANCH } from './gate/main-branch';
import { createDecide } from './issue-decisions';
import { createSeeds } from './seed-api';
import { createSettings, DEFAULT_ORGANIZATION } from './settings';
import { firstStatus } from './state/issues';
import { openState } from './state/open-state';
import { processReport } from './tasks/process-report';
import { createTaskRunner } from './tasks/task-runner';
import type { SonarQubeOptions, SonarQubeStandIn } from './types';
import { createWebApi } from './web/app';
import { tokenPrefix } from './web/authentication';
import { createWriteLog } from './web/write-log';
import { createSender } from './webhooks/sender';

/**
 * Makes the stand-in over what its database remembers. Tasks that waited or ran when the host was stopped are in the queue
 * again; they start with the first `idle`, `submit` or `resumeTasks`, when the host can take their webhooks.
 */
export function createSonarQube(options: SonarQubeOptions): SonarQubeStandIn {
  const { clock, analyse, deliver } = options;
  const settings = createSettings(options);
  const state = openState(options.database, options.instance);
  if (options.flavour === 'cloud') {
    for (const one of options.organizations ?? [DEFAULT_ORGANIZATION]) state.organizations.add(one);
  }
  const send = createSender({ state, clock, baseUrl: settings.baseUrl, deliver });
  const decide = createDecide(state, clock, send);
  const writeLog = createWriteLog(clock);
  const { repositoriesOf = () => undefined } = options;
  const fetch = createWebApi({ settings, state, clock, decide, repositoriesOf, writeLog });
  const runner = createTaskRunner(state.tasks, (task) =>
    processReport({ state, clock, analyse, send }, task),
  );
  state.tasks.requeueInterrupted();

  /** The first report of an unknown project makes it, as for a token that may create projects. */
  function provision(key: string, mainBranch: string): void {
    const organization = settings.firstOrganization ?? null;
    state.projects.add({ key, name: key, organization, visibility: 'private', mainBranch });
  }

  return {
    baseUrl: settings.baseUrl,
    apiBaseUrl: settings.apiBaseUrl,
    fetch,
    ...createSeeds(state, settings),
    writes: () => writeLog.list(),
    clearWrites: () => writeLog.clear(),
    setStatus(status) {
      settings.status = status;
    },
    issueToken: (name, token = {}) =>
      state.tokens.issue(name, tokenPrefix(settings, token.kind ?? 'user'), clock.now(), token),
    revokeToken: (token) => state.tokens.revoke(token),
    submitMainBranch({ projectKey, repositoryPath, branch, headCommit }) {
      provision(projectKey, branch);
      const place = { key: MAIN_BRANCH, title: branch, branch, base: branch, url: null };
      state.pullRequests.save({ projectKey, ...place });
      const { id } = state.tasks.add({
        projectKey,
        pullRequestKey: MAIN_BRANCH,
        pullRequestTitle: branch,
        request: { repositoryPath, headCommit, baseCommit: EMPTY_TREE },
        submittedAt: clock.now(),
      });
      runner.wake();
      return Promise.resolve(id);
    },
    submit({ projectKey, repositoryPath, pullRequest }) {
      const { key, title, branch, base, headCommit, baseCommit, url = null } = pullRequest;
      provision(projectKey, base);
      state.pullRequests.save({ projectKey, key, title, branch, base, url });
      const { id } = state.tasks.add({
        projectKey,
        pullRequestKey: key,
        pullRequestTitle: title,
        request: { repositoryPath, headCommit, baseCommit },
        submittedAt: clock.now(),
      });
      runner.wake();
      return Promise.resolve(id);
    },
    idle: () => runner.idle(),
    pauseTasks: () => runner.pause(),
    resumeTasks: () => runner.resume(),
    async accept(projectKey, pullRequestKey, issueKey) {
      const issue = state.issues
        .list(projectKey, pullRequestKey)
        .find(({ key }) => key === issueKey);
      if (!issue) {
        throw new Error(
          `There is no issue ${issueKey} on pull request ${pullRequestKey} of ${projectKey}.`,
        );
      }
      await decide(
        issue,
        firstStatus(issue.kind) === 'TO_REVIEW'
          ? { status: 'REVIEWED', resolution: 'SAFE' }
          : { status: 'RESOLVED', resolution: 'WONTFIX' },
      );
    },
    setEdition(edition) {
      settings.edition = edition;
    },
    stop: () => runner.stop(),
  };
}
