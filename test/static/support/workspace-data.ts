import type { ConnectionTest, ConnectionView } from '../../../src/contracts/connections';
import type { OperationView } from '../../../src/contracts/operations';
import type { WorkspaceOverview } from '../../../src/contracts/workspace';

export const workspaceContext = {
  moduleKey: 'workspace-settings',
  extension: { type: 'bitbucket:workspaceSettingsMenuPage' },
} as const;

export const connection: ConnectionView = {
  connectionId: 'c1',
  sequence: 4,
  name: 'Server A',
  kind: 'sonarqube-server',
  url: 'https://sonar.example.com/sonar',
  version: '2026.3.1',
  edition: 'developer',
  capabilities: { pullRequests: true, devOpsPlatforms: true, projectBindings: true },
  token: { lastCharacters: 'w1x2', savedAt: '2026-03-01T12:00:00.000Z' },
  state: 'active',
  health: { state: 'ok', checkedAt: '2026-03-04T12:00:00.000Z' },
};

export const steps: WorkspaceOverview['steps'] = [
  { step: 'connect', isDone: true },
  { step: 'check', isDone: true },
  { step: 'import', isDone: false },
  { step: 'gate', isDone: false },
  { step: 'verify', isDone: false },
];

export function buildOverview(part: Partial<WorkspaceOverview> = {}): WorkspaceOverview {
  return {
    role: 'owner',
    steps,
    actingAs: { userName: 'Olivia Owner', workspaceName: 'Workshop' },
    scopes: [{ scope: 'storage:app', reason: 'Keep connections.' }],
    connections: [connection],
    boundProjects: { count: 100, isMore: true },
    openFindings: { count: 0, isMore: false },
    ...part,
  };
}

export const usable: ConnectionTest = {
  isUsable: true,
  actsAs: 'Ada',
  version: '2026.3.1',
  checks: [{ step: 'address', outcome: 'passed' }],
};

export const operation: OperationView = {
  operationId: 'disconnect:c1',
  kind: 'disconnect',
  state: 'running',
  total: 10,
  done: 3,
  failed: 0,
  startedAt: '2026-03-04T12:00:00.000Z',
  message: 'Disconnecting "Server A": 3 of 10 projects are done.',
};
