import { formatDate } from '../dates';
import type { EvaluatedCondition } from '../gate/evaluate-gate';
import type { LiveGate } from '../gate/live-gate';
import { MAIN_BRANCH } from '../gate/main-branch';
import { SONAR_WAY } from '../gate/sonar-way';
import type { Project } from '../state/projects';

export interface WebhookEvent {
  readonly project: Project;
  readonly pullRequestKey: string;
  readonly status: 'SUCCESS' | 'FAILED';
  /** Absent when a person's decision about an issue flipped the gate. */
  readonly taskId?: string;
  /** Absent when the analysis failed. */
  readonly live?: LiveGate;
  readonly changedAt: number;
}

const OPERATOR = { GT: 'GREATER_THAN', LT: 'LESS_THAN' } as const;

function toCondition({ metricKey, comparator, threshold, status, actual }: EvaluatedCondition) {
  return {
    metric: metricKey,
    operator: OPERATOR[comparator],
    ...(actual !== undefined && { value: actual }),
    status: actual === undefined ? 'NO_VALUE' : status,
    errorThreshold: threshold,
  };
}

function dashboardUrl(baseUrl: string, projectKey: string, pullRequestKey?: string): string {
  const url = `${baseUrl}/dashboard?id=${encodeURIComponent(projectKey)}`;
  return pullRequestKey === undefined
    ? url
    : `${url}&pullRequest=${encodeURIComponent(pullRequestKey)}`;
}

/** The body of a webhook about a pull request or the main branch, in the form that SonarQube sends. */
export function buildPayload(baseUrl: string, event: WebhookEvent): string {
  const { project, pullRequestKey, status, taskId, live, changedAt } = event;
  return JSON.stringify({
    serverUrl: baseUrl,
    ...(taskId !== undefined && { taskId }),
    status,
    ...(live && {
      analysedAt: formatDate(live.analysis.analysedAt),
      revision: live.analysis.revision,
    }),
    changedAt: formatDate(changedAt),
    project: { key: project.key, name: project.name, url: dashboardUrl(baseUrl, project.key) },
    branch:
      pullRequestKey === MAIN_BRANCH
        ? {
            name: project.mainBranch,
            type: 'BRANCH',
            isMain: true,
            url: dashboardUrl(baseUrl, project.key),
          }
        : {
            name: pullRequestKey,
            type: 'PULL_REQUEST',
            isMain: false,
            url: dashboardUrl(baseUrl, project.key, pullRequestKey),
          },
    ...(live && {
      qualityGate: {
        name: SONAR_WAY.name,
        status: live.gate.status,
        conditions: live.gate.conditions
          .map(toCondition)
          .toSorted((a, b) => (a.metric < b.metric ? -1 : 1)),
      },
    }),
    properties: live
      ? {
          'sonar.analysis.detectedscm': 'git',
          'sonar.analysis.detectedci': 'Bitbucket Pipelines',
        }
      : {},
  });
}
