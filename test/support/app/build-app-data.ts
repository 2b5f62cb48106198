import type { Binding, BoundProject, ProjectClaim } from '../../../src/domain/binding';
import type { Connection } from '../../../src/domain/connection';
import type { Issue } from '../../../src/contracts/verdict';
import type { ProjectTruth, VerdictRecord } from '../../../src/domain/project-truth';
import type { PullRequest } from '../../../src/domain/pull-request';
import type { GateCondition, QualityGate } from '../../../src/domain/quality-gate';

export const headCommit = '4f2d1c0b9a8e7d6c5b4a39281706f5e4d3c2b1a0';
export const olderCommit = '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567';
export const repositoryUuid = '5b1f0c7e-2a43-4d0f-8c6b-9e7a1d3f5b20';
/** Bitbucket's project that the repository is in. */
export const bitbucketProjectUuid = '7e2d1c0b-3f4a-4b5c-8d6e-1a2b3c4d5e6f';
export const workspaceUuid = '6f1d0e2a-0f3b-4c58-9a57-1c2b8e5d7a40';
export const connectionId = '11111111-2222-4333-8444-555555555555';
export const projectKey = 'acme_shop';
export const startMs = Date.parse('2026-03-04T12:00:00.000Z');
export const identity = { repositoryUuid, pullRequestId: 7 } as const;
export const caller = { accountId: 'account-1', workspaceUuid } as const;

export function isoAt(offsetMs: number): string {
  return new Date(startMs + offsetMs).toISOString();
}

/** An open pull request whose head was pushed ten minutes before the start. */
export function buildPullRequest(part: Partial<PullRequest> = {}): PullRequest {
  return {
    pullRequestId: 7,
    state: 'OPEN',
    headHash: headCommit.slice(0, 12),
    isFork: false,
    sourceBranch: 'feature/cart',
    targetBranch: 'main',
    targetHash: 'abcdefabcdef',
    bitbucketProjectUuid,
    updatedAt: isoAt(-600_000),
    ...part,
  };
}

export function buildGateCondition(part: Partial<GateCondition> = {}): GateCondition {
  return {
    metricKey: 'new_violations',
    comparator: 'GT',
    status: 'OK',
    threshold: '0',
    actual: '0',
    ...part,
  };
}

export function buildGate(part: Partial<QualityGate> = {}): QualityGate {
  return { status: 'OK', conditions: [buildGateCondition()], ignoredConditions: false, ...part };
}

export const failedGate = buildGate({
  status: 'ERROR',
  conditions: [buildGateCondition({ status: 'ERROR', actual: '2' })],
});

/** Facts of a project whose gate is OK for the head commit, read just now. */
export function buildTruth(part: Partial<ProjectTruth> = {}): ProjectTruth {
  return {
    connectionId,
    projectKey,
    presence: 'analysed',
    gate: buildGate(),
    analysis: { commit: headCommit, commitSource: 'server', at: isoAt(-300_000) },
    measures: {},
    issues: [],
    issueCount: 0,
    issueCountCapped: false,
    checkedAt: isoAt(0),
    ...part,
  };
}

export function buildRecord(part: Partial<VerdictRecord> = {}): VerdictRecord {
  return {
    ...identity,
    sequence: 1,
    head: { hash: headCommit, since: isoAt(-600_000) },
    projects: [buildTruth()],
    knownFrom: 'poll',
    ...part,
  };
}

export function buildIssueList(count: number): Issue[] {
  return Array.from({ length: count }, (_, index) => ({
    key: `issue-${String(index).padStart(4, '0')}`,
    kind: 'bug',
    severity: 'high',
    message: `Finding ${index}`,
    rule: 'typescript:S1',
    path: 'src/a.ts',
    line: index + 1,
  }));
}

/** A binding of the repository to the project; parts can be given. */
export function buildBinding(parts: Partial<Binding> = {}): Binding {
  return { repositoryUuid, sequence: 1, projects: [boundProject], ...parts };
}

/** The claim of the repository on the project; parts can be given. */
export function buildClaim(parts: Partial<ProjectClaim> = {}): ProjectClaim {
  return { connectionId, projectKey, repositoryUuid, claimId: 'claim-1', ...parts };
}

export const boundProject: BoundProject = {
  connectionId,
  projectKey,
  projectName: 'Acme Shop',
  state: 'bound',
};

/** What a connection has before anything is known of its server. */
export const newConnection = {
  sequence: 1,
  capabilities: { pullRequests: true, devOpsPlatforms: false, projectBindings: false },
  state: 'active',
  health: { state: 'unknown' },
} as const satisfies Partial<Connection>;
