// One walk through the app, from an analysis to what the card shows. It runs against whichever worker and bundle lie in the
// project folder that is named, so that the official sandbox can be compared with our own runner.
const { createHmac } = require('node:crypto');

/** What the analysis of the scenario finds: the same each time, so that only the runner differs. */
async function analyse() {
  return {
    issues: [
      {
        key: 'issue-1',
        rule: 'javascript:no-debugger',
        kind: 'BUG',
        severity: 'MAJOR',
        message: 'Remove this debugger statement.',
        path: 'cart.js',
        line: 2,
        endLine: 2,
        startColumn: 0,
        endColumn: 8,
      },
    ],
    newLines: 40,
    duplicatedLines: 0,
    filesAnalysed: 1,
    filesNotAnalysed: [],
  };
}

/** Replaces what differs from run to run by what it is: moments, ids by chance, secrets, ports. Commits stay. */
function withoutChance(value) {
  return JSON.parse(
    JSON.stringify(value)
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)/g, '<moment>')
      .replace(/\b1[789]\d{11}\b/g, '0')
      .replace(/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g, '<uuid>')
      .replace(/\b[0-9a-f]{64}\b/g, '<digest>')
      .replace(/\b[0-9a-f]{32}\b/g, '<digest>')
      .replace(/gatehouse-[0-9a-f]{28}\b/g, 'gatehouse-<digest>')
      .replace(/"lastCharacters":"\w{4}"/g, '"lastCharacters":"<token>"')
      // Counted in stretches of five minutes, of which a run may meet two.
      .replace(/"slots":\[[^\]]*\]/g, '"slots":[]')
      .replace(/127\.0\.0\.1:\d+/g, '<host>')
      .replace(/[\w-]{20,}\.[\w-]{20,}\.[\w-]+/g, '<token>'),
  );
}

/** What is stored at the end, and what was called: the same whichever runner ran the functions. */
function traces(host) {
  const { values, secrets } = host.platform.dumpStorage();
  const lines = (list) => list.map((each) => JSON.stringify(withoutChance(each))).sort();
  const calls = host.traffic.calls.map(
    ({ functionKey, kind, identity = '', method, target, status }) =>
      `${functionKey}: ${kind} ${identity} ${method} ${target} ${status}`,
  );
  return { stored: lines([...values, ...secrets]), calls: lines(calls) };
}

/** Asks as one user; a failure counts as an answer. */
async function view(host, { accountId, repository, pullRequest }) {
  const call = {
    moduleKey: 'pull-request-card',
    accountId,
    functionKey: 'pullRequest.view',
    payload: { repositoryUuid: repository.uuid, pullRequestId: pullRequest.id },
    extension: {
      repository: { uuid: repository.uuid, slug: repository.slug },
      pullRequest: { id: pullRequest.id },
    },
  };
  try {
    return await host.platform.invokeResolver(call);
  } catch (error) {
    return { rejected: error.message };
  }
}

/** Posts a webhook as somebody who does not know the secret. */
async function postForged(host, path) {
  const body = JSON.stringify({ status: 'SUCCESS', project: { key: 'unknown' } });
  const signature = createHmac('sha256', 'not the secret at all').update(body).digest('hex');
  const { statusCode } = await host.platform.receiveWebTrigger({
    method: 'POST',
    path,
    headers: {
      'content-type': ['application/json'],
      'x-sonar-webhook-hmac-sha256': [signature],
    },
    queryParameters: {},
    body,
  });
  return statusCode;
}

/** Path of the webhook that the app made on the server: the web trigger's, with the connection behind it. */
function findWebhookPath(host) {
  for (const { kind, responseBody } of host.traffic.calls) {
    const path = /\/(?:public|x1)\/[\w-]+/.exec(responseBody)?.[0];
    if (kind === 'graphql' && path !== undefined) return `${path}/${host.connectionId}`;
  }
  throw new Error('The app asked for no web trigger URL, so the server has no webhook.');
}

/** Asks the workspace's settings page for something, as its owner. */
async function settings(host, owner, functionKey, payload) {
  return host.platform.invokeResolver({
    moduleKey: 'workspace-settings',
    accountId: owner.accountId,
    functionKey,
    payload,
    extension: {},
  });
}

/**
 * Opens a pull request, lets its analysis end, pushes to it, and reads and writes settings. Each step waits for the one
 * before, so that nothing depends on who of two is first.
 * @returns what the app answered, stored and called, free of chance, and which functions did it.
 */
async function runScenario({ startHost, projectRoot, repository: { path, commit } }) {
  const host = await startHost({
    projectRoot,
    repositories: [path],
    stateDirectory: ':memory:',
    port: 0,
    clock: 'real',
    watch: false,
    analyse,
  });
  try {
    await host.settle();
    const { bitbucket, sonarqube, platform } = host;
    const [repository] = bitbucket.repositories();
    const [owner] = bitbucket.users;
    const outsider = bitbucket.users.find(({ workspaceRole }) => workspaceRole === 'outsider');

    /** A push whose analysis begins only when everything that the push itself set off has ended. */
    async function push(branch) {
      sonarqube.pauseTasks();
      commit(branch);
      await bitbucket.push(repository.uuid);
      await host.settle();
      sonarqube.resumeTasks();
      await host.settle();
    }
    const find = () =>
      bitbucket
        .pullRequests(repository.uuid)
        .find(({ sourceBranch }) => sourceBranch === 'feature/second');
    const viewAs = ({ accountId }) => view(host, { accountId, repository, pullRequest: find() });

    await push('feature/second');
    const opened = { owner: await viewAs(owner), outsider: await viewAs(outsider) };
    await host.settle();
    const before = await settings(host, owner, 'settings.workspace', {});
    const saved = await settings(host, owner, 'settings.saveWorkspace', {
      sequence: 0,
      own: { values: { buildStatus: 'verdict', annotations: 'off' }, locks: [] },
    });
    await host.settle();
    await push('feature/second');
    const pushed = await viewAs(owner);
    await host.settle();
    const forgedWebhook = await postForged(host, findWebhookPath(host));
    await platform.idle();
    const { invocations } = host.traffic;
    const unique = (list) => [...new Set(list)].sort();
    return {
      seen: withoutChance({ opened, before, saved, pushed, forgedWebhook }),
      functions: unique(invocations.map(({ functionKey }) => functionKey)),
      outcomes: unique(invocations.map(({ outcome }) => outcome)),
      ...traces(host),
    };
  } finally {
    await host.stop();
  }
}

module.exports = { runScenario };
