// The official Node sandbox: the process in which `forge tunnel` runs functions.
const { BroadcastChannel } = require('node:worker_threads');

const channelName = 'official-sandbox';

/** Runs what the workers hand over in one official sandbox over this bundle. The answer counts and stops it. */
function startSandbox(bundleDirectory) {
  // Loaded here: workers need the name of the channel and nothing else.
  const { NodeSandbox } = require('@forge/tunnel/out/sandbox/node-sandbox');
  const sandbox = new NodeSandbox({
    appPath: bundleDirectory,
    modName: 'index',
    handler: 'pullRequestResolver',
  });
  const channel = new BroadcastChannel(channelName);
  let executed = 0;
  channel.onmessage = ({ data: { id, event } }) => {
    if (event === undefined) return;
    executed += 1;
    void sandbox
      .execute(JSON.parse(event))
      .then((result) => channel.postMessage({ id, result: JSON.stringify(result) }));
  };
  return {
    get executed() {
      return executed;
    },
    stop() {
      channel.close();
      sandbox.stop();
    },
  };
}

module.exports = { channelName, startSandbox };
