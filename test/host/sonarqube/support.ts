import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase, type HostDatabase } from '../../../host/database';
import { createManualClock } from '../../../host/manual-clock';
import type { HostClock } from '../../../host/clock';
import { createSonarQube } from '../../../host/sonarqube/sonarqube';
import type {
  Analyse,
  AnalysedIssue,
  AnalysisResult,
  SonarQubeOptions,
  SonarQubeStandIn,
} from '../../../host/sonarqube/types';

export const startMs = Date.UTC(2026, 4, 1, 2, 15, 42);

/** Builds one worker as the host's build does; answers its file. */
export function buildWorker(entry: string, name: string): string {
  const root = process.cwd();
  const file = join(root, '.build', 'test', `${name}.cjs`);
  const draft = `${file}.${process.pid}`;
  mkdirSync(join(root, '.build', 'test'), { recursive: true });
  execFileSync(join(root, 'node_modules/.bin/esbuild'), [
    ...[join(root, entry), '--bundle', '--platform=node', '--target=node20', '--format=cjs'],
    ...['--packages=external', '--log-level=error', `--outfile=${draft}`],
  ]);
  // Test files that run at once build the same worker; none may see half of it.
  renameSync(draft, file);
  return file;
}

export function buildIssue(changes: Partial<AnalysedIssue> = {}): AnalysedIssue {
  return {
    key: 'issue-1',
    rule: 'eslint:no-unused-vars',
    kind: 'CODE_SMELL',
    severity: 'MAJOR',
    message: "'total' is assigned a value but never used.",
    path: 'src/cart.ts',
    line: 12,
    endLine: 12,
    startColumn: 8,
    endColumn: 13,
    ...changes,
  };
}

export function buildResult(changes: Partial<AnalysisResult> = {}): AnalysisResult {
  return {
    issues: [],
    newLines: 100,
    duplicatedLines: 0,
    filesAnalysed: 3,
    filesNotAnalysed: [],
    author: { name: 'Dana Developer', email: 'dana@example.com' },
    ...changes,
  };
}

export const headCommit = 'c8e602a6c822d8bd2fbec3f622303836d5631879';
const baseCommit = '0000000000000000000000000000000000000001';

export interface Received {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

export interface StandIn {
  readonly sonarqube: SonarQubeStandIn;
  readonly clock: HostClock;
  readonly database: HostDatabase;
  readonly token: string;
  /** Webhooks that were delivered. */
  readonly received: readonly Received[];
  /** Calls an operation with the token: `project_pull_requests/list?project=shop`. */
  readonly get: (operation: string) => Promise<Response>;
  readonly getJson: (operation: string) => Promise<unknown>;
  /** The same operations with another token. */
  readonly as: (token: string) => Pick<StandIn, 'get' | 'getJson' | 'post'>;
  readonly post: (operation: string, form: Readonly<Record<string, string>>) => Promise<Response>;
  readonly submit: (changes?: {
    projectKey?: string;
    key?: string;
    headCommit?: string;
  }) => Promise<string>;
}

/** A stand-in with a project `shop` on a clock that stands still. */
export async function setUp(
  options: Partial<SonarQubeOptions> & { result?: AnalysisResult } = {},
): Promise<StandIn> {
  const { result = buildResult(), ...given } = options;
  const clock = given.clock ?? createManualClock(startMs);
  const database = given.database ?? openDatabase(':memory:');
  const received: Received[] = [];
  const analyse: Analyse = () => Promise.resolve(result);
  const sonarqube = createSonarQube({
    database,
    clock,
    flavour: 'server',
    baseUrl: 'https://sonar.example.org',
    deliver(url, request) {
      received.push({ url, ...request });
      return Promise.resolve({ status: 200 });
    },
    analyse,
    ...given,
  });
  const token = sonarqube.issueToken('test');
  const as: StandIn['as'] = (who) => {
    const call = (operation: string, init: RequestInit = {}) =>
      sonarqube.fetch(
        new Request(`${sonarqube.baseUrl}/api/${operation}`, {
          ...init,
          // As the user name of Basic, which every version takes.
          headers: { authorization: `Basic ${Buffer.from(`${who}:`).toString('base64')}` },
        }),
      );
    return {
      get: (operation) => call(operation),
      getJson: async (operation) => (await call(operation)).json() as Promise<unknown>,
      post: (operation, form) =>
        call(operation, { method: 'POST', body: new URLSearchParams(form) }),
    };
  };
  const { get, getJson, post } = as(token);
  const organization = given.flavour === 'cloud' ? { organization: 'gatehouse' } : {};
  await post('projects/create', { project: 'shop', name: 'Shop', ...organization });
  return {
    sonarqube,
    clock,
    database,
    token,
    received,
    get,
    getJson,
    post,
    as,
    submit: ({ projectKey = 'shop', key = '42', headCommit: head = headCommit } = {}) =>
      sonarqube.submit({
        projectKey,
        repositoryPath: '/nowhere',
        pullRequest: {
          key,
          title: 'Add feature X',
          branch: 'feature/x',
          base: 'main',
          headCommit: head,
          baseCommit,
          url: `https://bitbucket.org/acme/shop/pull-requests/${key}`,
        },
      }),
  };
}

export const gateOf42 = 'qualitygates/project_status?projectKey=shop&pullRequest=42';

/** A stand-in whose pull request 42 was analysed. */
export async function setUpAnalysed(
  flavour: 'cloud' | 'server',
  changes: Partial<AnalysisResult> = {},
) {
  const standIn = await setUp({ flavour, result: buildResult(changes) });
  await standIn.submit();
  await standIn.sonarqube.idle();
  return standIn;
}

/** Calls an operation of the newer style at its whole address; answers status and body. */
export async function callRest(
  { sonarqube, token }: Pick<StandIn, 'sonarqube' | 'token'>,
  method: string,
  url: string,
  body?: unknown,
): Promise<{ readonly status: number; readonly body: unknown }> {
  const answer = await sonarqube.fetch(
    new Request(url, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  );
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
}

/** Status and text of an answer. */
export async function outcome(answer: Response | Promise<Response>) {
  const { status } = await answer;
  return [status, await (await answer).text()] as const;
}

/** The error body of the Web API. */
export const error = (message: string) => JSON.stringify({ errors: [{ msg: message }] });
