import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { InvocationEvent } from '../../../host/platform/runtime/invocation';
import { bundleProbe } from '../../support/probe-platform';

/** What the official runner does in its process: load `main` from the bundle, call it, send the result back. */
const runner = `
globalThis.__forge_tunnel__ = true;
const { main } = require(process.argv[2]);
process.on('message', async ({ lambdaEvent, tunnelContext: { requestId, deadline } }) => {
  const context = { awsRequestId: requestId, getRemainingTimeInMillis: () => deadline - Date.now() };
  process.send({ requestId, result: await main(lambdaEvent, context) });
});`;

const folder = mkdtempSync(join(tmpdir(), 'wrapper-contract-'));
const bundle = bundleProbe();
const received: { url: string | undefined; headers: NodeJS.Dict<string | string[]> }[] = [];
const proxy = createServer((request, response) => {
  received.push({ url: request.url, headers: request.headers });
  response.setHeader('content-type', 'application/json');
  response.end('{"fine":true}');
});

beforeAll(async () => {
  buildSync({
    entryPoints: [join(__dirname, '../../../host/platform/runtime/official-wrapper.ts')],
    outfile: join(folder, 'wrapper.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
  });
  writeFileSync(join(folder, 'runner.cjs'), runner);
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  proxy.close();
  bundle.remove();
  rmSync(folder, { recursive: true, force: true });
});

function event(functionKey: string, payload: unknown): InvocationEvent {
  const { port } = proxy.address() as AddressInfo;
  return {
    handler: 'index.resolver',
    body: { call: { functionKey, payload }, context: {} },
    variables: [{ key: 'GREETING', value: 'hello', secure: false }],
    _meta: {
      contextAri: 'ari:cloud:bitbucket::workspace/w',
      appContext: {
        appId: 'a',
        appVersion: '1.0.0',
        environmentId: 'e',
        environmentType: 'DEVELOPMENT',
        invocationId: 'invocation-1',
        installationId: 'i',
        functionKey: 'resolve',
        moduleType: 'bitbucket:repoPullRequestCard',
        moduleKey: 'card',
      },
      tracing: { traceId: 't', spanId: 's' },
      realtime: {},
      proxy: { url: `http://127.0.0.1:${port}`, token: 'the-token' },
    },
  };
}

/** Runs one invocation in a process of its own; answers the result and what was written to stdout. */
function run(lambdaEvent: InvocationEvent): Promise<{ answer: unknown; output: string }> {
  const child = fork(join(folder, 'runner.cjs'), [join(folder, 'wrapper.cjs')], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: { FORGE_EFS_RUNTIME_PATH: bundle.folder },
    execArgv: [],
  });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.once('message', (answer) => {
      child.once('close', () => resolve({ answer, output }));
      child.kill();
    });
    const deadline = Date.now() + 25_000;
    child.send({ lambdaEvent, tunnelContext: { requestId: 'request-1', deadline } });
  });
}

describe('the wrapper in the official runner protocol', () => {
  it('answers the result of the function under the id of the request', async () => {
    const { answer } = await run(event('environment', {}));

    expect(answer).toEqual({
      requestId: 'request-1',
      result: { success: true, body: { GREETING: 'hello' } },
    });
  });

  it('answers a failure in the form of the protocol', async () => {
    const { answer } = await run(event('fail', {}));

    expect(answer).toMatchObject({
      result: {
        success: false,
        error: {
          errorMessage: 'something private went wrong',
          errorType: 'FUNCTION_ERR',
          isHostedCodeError: true,
          stack: expect.arrayContaining([
            expect.stringContaining('something private went wrong'),
          ]) as unknown,
        },
      },
    });
  });

  it('writes log lines as one JSON object each, with texts for arguments', async () => {
    const { output } = await run(event('log', { lines: 1 }));

    expect(
      output
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      { invocationId: 'invocation-1', logLevel: 30, logArguments: ['line', '0', '{ deep: true }'] },
      { invocationId: 'invocation-1', logLevel: 50, logArguments: ['done'] },
    ]);
  });

  it('sends calls to the routes of the proxy with the token of the invocation', async () => {
    received.splice(0);
    await run(event('bitbucket', { as: 'user', path: '/2.0/user?q=a' }));
    await run(event('fetch', { url: 'https://allowed.example/a' }));

    expect(received).toMatchObject([
      {
        url: '/fpp/provider/user/remote/bitbucket',
        headers: {
          'forge-proxy-authorization': 'Bearer the-token',
          'forge-proxy-target': '/2.0/user?q=a',
          'x-b3-traceid': 't',
        },
      },
      { url: '/egress', headers: { 'forge-proxy-target': 'https://allowed.example/a' } },
    ]);
  });
});
