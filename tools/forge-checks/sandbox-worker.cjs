// Stands where the host's own function worker stands, and hands each invocation to the official sandbox in the main thread.
const { BroadcastChannel, parentPort } = require('node:worker_threads');
const { channelName } = require('./sandbox.cjs');

const channel = new BroadcastChannel(channelName);
let changes = 0;
let pendingCalls = 0;
let current;

channel.onmessage = ({ data: { id, result } }) => {
  // Every worker hears every answer.
  if (result === undefined || id !== current) return;
  pendingCalls = 0;
  changes += 1;
  parentPort.postMessage({ type: 'result', result });
};

parentPort.on('message', (message) => {
  if (message.type === 'probe') {
    parentPort.postMessage({ type: 'probed', pendingCalls, changes });
  } else if (message.type === 'invoke') {
    current = JSON.parse(message.event)._meta.appContext.invocationId;
    pendingCalls = 1;
    changes += 1;
    channel.postMessage({ id: current, event: message.event });
  }
});
parentPort.postMessage({ type: 'ready' });
