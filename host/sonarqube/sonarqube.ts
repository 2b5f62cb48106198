import { createDecide } from './issue-decisions';
import { createSettings } from './settings';
import { firstStatus } from './state/issues';
import { openState } from './state/open-state';
import { processReport } from './tasks/process-report';
import { createTaskRunner } from './tasks/task-runner';
import type { SonarQubeOptions, SonarQubeStandIn } from './types';
import { createWebApi } from './web/app';
import { tokenPrefix } from './web/authentication';
import { createSender } from './webhooks/sender';

/**
 * Makes the stand-in over what its database remembers. Tasks that waited or ran when the host was stopped are in the queue
 * again; they start with the first `idle`, `submit` or `resumeTasks`, when the host can take their webhooks.
 */
export function createSonarQube(options: SonarQubeOptions): SonarQubeStandIn {
  const { clock, analyse, deliver } = options;
  const settings = createSettings(options);
  const state = openState(options.database);
  const send = createSender({ state, clock, baseUrl: settings.baseUrl, deliver });
  const decide = createDecide(state, clock, send);
  const fetch = createWebApi({ settings, state, clock, decide });
  const runner = createTaskRunner(state.tasks, (task) =>
    processReport({ state, clock, analyse, send }, task),
  );
  state.tasks.requeueInterrupted();

  /** The first report of an unknown project makes it, as for a token that may create projects. */
  function provision(key: string, mainBranch: string): void {
    const organization = settings.organizations[0]?.key ?? null;
    state.projects.add({ key, name: key, organization, visibility: 'private', mainBranch });
  }

  return {
    baseUrl: settings.baseUrl,
    fetch,
    issueToken: (name, token = {}) =>
      state.tokens.issue(name, tokenPrefix(settings, token.kind ?? 'user'), token),
    revokeToken: (token) => state.tokens.revoke(token),
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
