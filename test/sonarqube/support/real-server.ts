import { createHttp } from '../../../src/clients/http/http';
import { createOpenServer } from '../../../src/clients/sonarqube/client';
import type { AnalysisServer, OpenServer } from '../../../src/domain/ports/analysis-server';
import type { Neighbour } from '../../../host/neighbour';

/** The address under which the app knows the server: it accepts no loopback, so the host forwards this one. */
export const publicUrl = 'https://sonar.example.org';

function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error('Run this by: npm run test:sonarqube');
  return value;
}

export const realServer = {
  baseUrl: setting('GATEHOUSE_SONARQUBE_URL'),
  /** Token of the administrator. */
  token: setting('GATEHOUSE_SONARQUBE_TOKEN'),
  version: setting('GATEHOUSE_SONARQUBE_VERSION'),
} as const;

interface AnswerWhileStarting {
  readonly operation: string;
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** The server as it answered before it was up; what nobody asked then, it refuses as what was asked. */
export const starting: Neighbour = {
  fetch(request) {
    const answers = JSON.parse(
      setting('GATEHOUSE_SONARQUBE_WHILE_STARTING'),
    ) as readonly AnswerWhileStarting[];
    const { pathname } = new URL(request.url);
    const answer = answers.find(({ operation }) => pathname.endsWith(`/api/${operation}`));
    const { status, contentType, body } = answer ?? answers.at(-1) ?? noAnswer;
    return Promise.resolve(
      new Response(body, { status, headers: { 'content-type': contentType } }),
    );
  },
};
const noAnswer = { status: 503, contentType: 'text/plain', body: '' };

/** An address of this machine where nothing listens: the real refusal of a connection. */
export const nothingThere: Neighbour = { fetch: () => fetch('http://127.0.0.1:2/') };

export interface CallOptions {
  readonly method?: 'GET' | 'POST';
  readonly parameters?: Readonly<Record<string, string>>;
  /** Absent: the administrator's; `none`: no credentials. */
  readonly token?: string;
}

/** A call past the app's client: what an administrator, a developer or a pipeline would do. */
export async function call(operation: string, options: CallOptions = {}): Promise<Response> {
  const { method = 'GET', parameters = {}, token = realServer.token } = options;
  const form = new URLSearchParams(parameters);
  const isGet = method === 'GET';
  return fetch(`${realServer.baseUrl}/api/${operation}${isGet ? `?${form.toString()}` : ''}`, {
    method,
    ...(isGet ? {} : { body: form }),
    ...(token === 'none' ? {} : { headers: { authorization: `Bearer ${token}` } }),
  });
}

/** A POST that has to work. */
export async function post(
  operation: string,
  parameters: Readonly<Record<string, string>>,
): Promise<unknown> {
  const response = await call(operation, { method: 'POST', parameters });
  const text = await response.text();
  if (!response.ok) throw new Error(`${operation} answered ${response.status}: ${text}`);
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}

/** A project that the administrator may see, and nobody else: by default every user may see a private one. */
export async function createHiddenProject(project: string, name: string): Promise<void> {
  await post('projects/create', { project, name, visibility: 'private', mainBranch: 'main' });
  for (const permission of ['user', 'codeviewer']) {
    await post('permissions/add_user', { projectKey: project, login: 'admin', permission });
    await post('permissions/remove_group', {
      projectKey: project,
      groupName: 'sonar-users',
      permission,
    });
  }
}

/** A token of a new user without any permission beyond those of everybody. */
export async function createStrangersToken(login: string): Promise<string> {
  // By default everybody may analyse everything, and with that read every gate.
  await post('permissions/add_user', { login: 'admin', permission: 'scan' });
  await post('permissions/remove_group', { groupName: 'sonar-users', permission: 'scan' });
  await post('users/create', { login, name: login, password: 'Passw0rd!of-a-stranger' });
  const made = (await post('user_tokens/generate', { login, name: login })) as { token: string };
  return made.token;
}

/** The server as a neighbour of the host: requests for the public address go to the real one. */
export const forwarding: Neighbour = {
  async fetch(request) {
    const { pathname, search } = new URL(request.url);
    const body = await request.arrayBuffer();
    return fetch(`${realServer.baseUrl}${pathname}${search}`, {
      method: request.method,
      headers: request.headers,
      redirect: 'manual',
      ...(body.byteLength > 0 ? { body } : {}),
    });
  },
};

/** Lines that the client logged; none may hold a token. */
export const logged: string[] = [];

export const log = {
  info: (event: string, fields: object = {}) => void logged.push(JSON.stringify([event, fields])),
  warn: (event: string, fields: object = {}) => void logged.push(JSON.stringify([event, fields])),
  error: (event: string, error: unknown, fields: object = {}) =>
    void logged.push(JSON.stringify([event, String(error), fields])),
};

export const clock = { nowMs: () => Date.now() };

export const http = createHttp({
  clock,
  log,
  sleep: (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs)),
});

/** The app's own client over the network. */
export const openServer = openServerThrough(forwarding);

export function openServerThrough(neighbour: Neighbour): OpenServer {
  return createOpenServer({
    http,
    log,
    fetch: (url, init) => neighbour.fetch(new Request(url, init)),
  });
}

export function open(token: string = realServer.token, url: string = publicUrl): AnalysisServer {
  const connection = { kind: 'sonarqube-server', url, version: realServer.version } as const;
  return openServer({ connection, token });
}
