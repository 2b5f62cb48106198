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

/** Replaces what differs from run to run by what it is. */
function withoutMoments(value) {
  return JSON.parse(
    JSON.stringify(value)
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)/g, '<moment>')
      .replace(/[\w-]{20,}\.[\w-]{20,}\.[\w-]+/g, '<token>'),
  );
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

/** @returns what the app answered, free of moments, and which functions did it. */
async function runScenario({ startHost, projectRoot, repositoryPath }) {
  const host = await startHost({
    projectRoot,
    repositories: [repositoryPath],
    stateDirectory: ':memory:',
    port: 0,
    clock: 'real',
    watch: false,
    analyse,
  });
  try {
    await host.settle();
    const [repository] = host.bitbucket.repositories();
    const [pullRequest] = host.bitbucket.pullRequests(repository.uuid);
    const [owner] = host.bitbucket.users;
    const outsider = host.bitbucket.users.find(({ workspaceRole }) => workspaceRole === 'outsider');
    const seen = {
      owner: await view(host, { accountId: owner.accountId, repository, pullRequest }),
      outsider: await view(host, { accountId: outsider.accountId, repository, pullRequest }),
      forgedWebhook: await postForged(host, findWebhookPath(host)),
    };
    await host.settle();
    return {
      seen: withoutMoments(seen),
      functions: [
        ...new Set(host.traffic.invocations.map(({ functionKey }) => functionKey)),
      ].sort(),
      outcomes: [...new Set(host.traffic.invocations.map(({ outcome }) => outcome))].sort(),
    };
  } finally {
    await host.stop();
  }
}

module.exports = { runScenario };
