import type { ServerAccess } from '../../domain/connection';
import type {
  AnalysisServer,
  IssueList,
  OpenServer,
  PullRequestOnServer,
} from '../../domain/ports/analysis-server';
import type { Log } from '../../domain/ports/log';
import type { Issue } from '../../contracts/verdict';
import type { Http } from '../http/http';
import { createCalls, unlessUnknown, type Fetch } from './calls';
import { toIsoDate } from './dates';
import { SonarQubeLimits } from './limits';
import {
  Component,
  ComponentMeasures,
  ComponentTasks,
  CurrentUser,
  HotspotSearch,
  IssueSearch,
  ProjectSearchAnswer,
  ProjectStatus,
  PullRequestList,
  SystemStatus,
  Validation,
} from './schema';
import { hotspotProjectParameter, issueComponentParameter } from './server-version';
import { toHotspot, toIssue } from './to-issue';
import { toVisibility } from './projects';
import { readMainBranch } from './main-branch';
import { measuredMetrics, toMeasures } from './to-measures';
import { toQualityGate } from './to-quality-gate';
import { toTask } from './to-task';
import { createWebhookCalls } from './webhooks';

export interface SonarQubeOptions {
  readonly http: Http;
  readonly fetch: Fetch;
  readonly log: Log;
}

/** Opens SonarQube Cloud or a SonarQube Server; one client for each, with its token. */
export function createOpenServer(options: SonarQubeOptions): OpenServer {
  return (access) => openServer(options, access);
}

function openServer({ http, fetch, log }: SonarQubeOptions, access: ServerAccess): AnalysisServer {
  const { connection } = access;
  const calls = createCalls(http, fetch, access);
  const isCloud = connection.kind === 'sonarqube-cloud';

  function toIssueList(found: {
    readonly issues: readonly Issue[];
    readonly dropped: number;
    readonly total: number | undefined;
  }): IssueList {
    const { issues, dropped } = found;
    if (dropped > 0) log.warn('entries of an answer were left out', { dropped });
    const total = found.total ?? issues.length;
    return { issues, total, isCapped: isCloud && total >= SonarQubeLimits.cloudTotal };
  }

  return {
    async findAccount() {
      const { valid } = await calls.get('authentication/validate', {}, Validation);
      if (!valid) return undefined;
      // Servers that allow anonymous use call no credentials at all valid.
      const { isLoggedIn, name, login } = await calls.get('users/current', {}, CurrentUser);
      return isLoggedIn ? { name: name ?? login ?? 'an account without a name' } : undefined;
    },

    async findStatus() {
      if (isCloud) return undefined;
      const { status, version } = await calls.get('system/status', {}, SystemStatus);
      return { version, isUp: status === 'UP' };
    },

    async findProject(projectKey) {
      const found = await unlessUnknown(
        calls.get('components/show', { component: projectKey }, Component),
      );
      if (!found) return undefined;
      const { name, visibility } = found.component;
      return { name, ...toVisibility(visibility) };
    },

    async findGate({ projectKey, pullRequestId }) {
      const answer = await unlessUnknown(
        calls.get(
          'qualitygates/project_status',
          { projectKey, pullRequest: pullRequestId },
          ProjectStatus,
        ),
      );
      return answer && toQualityGate(answer);
    },

    async searchProjects({ query, page, pageSize }) {
      const answer = await calls.get(
        'components/search_projects',
        {
          organization: connection.organizationKey,
          // The only filter of the server that finds by name and key; quotes end its text.
          filter: query === '' ? undefined : `query = "${query.replaceAll(/["\\]/g, ' ')}"`,
          f: 'analysisDate',
          s: 'name',
          p: page,
          ps: pageSize,
        },
        ProjectSearchAnswer,
      );
      return {
        total: answer.paging.total,
        projects: answer.components.entries.map(({ key, name, visibility, analysisDate }) => ({
          projectKey: key,
          name,
          ...toVisibility(visibility),
          lastAnalysisAt: toIsoDate(analysisDate),
        })),
      };
    },

    async listPullRequests(project) {
      const answer = await unlessUnknown(
        calls.get('project_pull_requests/list', { project }, PullRequestList),
      );
      return answer?.pullRequests.entries.map(({ key, status, analysisDate, commit }) => ({
        key,
        gateStatus: status?.qualityGateStatus,
        analysedAt: toIsoDate(analysisDate),
        commit: commit?.sha,
      }));
    },

    async findTask({ projectKey, pullRequestId }) {
      const { queue, current } = await calls.get(
        'ce/component',
        { component: projectKey },
        ComponentTasks,
      );
      return toTask({ queue: queue?.entries ?? [], current }, String(pullRequestId));
    },

    async readMeasures({ projectKey, pullRequestId }) {
      const answer = await unlessUnknown(
        calls.get(
          'measures/component',
          {
            component: projectKey,
            pullRequest: pullRequestId,
            metricKeys: measuredMetrics.join(','),
          },
          ComponentMeasures,
        ),
      );
      return answer ? toMeasures(answer) : {};
    },

    readMainBranch: (projectKey, metricKeys) => readMainBranch(calls, projectKey, metricKeys),

    async listIssues({ projectKey, pullRequestId }: PullRequestOnServer) {
      const read = async (page: number) => {
        const answer = await calls.get(
          'issues/search',
          {
            [issueComponentParameter(connection)]: projectKey,
            pullRequest: pullRequestId,
            resolved: 'false',
            s: 'SEVERITY',
            asc: 'false',
            ps: SonarQubeLimits.issuesPerPage,
            ...(page > 1 && { p: page }),
          },
          IssueSearch,
        );
        const paths = toPaths(answer.components?.entries);
        return {
          issues: answer.issues.entries.map((issue) => toIssue(issue, paths)),
          dropped: answer.issues.dropped,
          total: answer.paging?.total ?? answer.total,
        };
      };
      const first = await read(1);
      if ((first.total ?? 0) <= SonarQubeLimits.issuesPerPage) return toIssueList(first);
      // As many as a report of Bitbucket holds; an analysis in between may show one twice.
      const second = await read(2);
      const known = new Set(first.issues.map(({ key }) => key));
      return toIssueList({
        issues: [...first.issues, ...second.issues.filter(({ key }) => !known.has(key))],
        dropped: first.dropped + second.dropped,
        total: first.total,
      });
    },

    async listHotspots({ projectKey, pullRequestId }) {
      const answer = await calls.get(
        'hotspots/search',
        {
          [hotspotProjectParameter(connection)]: projectKey,
          pullRequest: pullRequestId,
          status: 'TO_REVIEW',
          ps: SonarQubeLimits.issuesPerPage,
        },
        HotspotSearch,
      );
      const paths = toPaths(answer.components?.entries);
      return toIssueList({
        issues: answer.hotspots.entries.map((hotspot) => toHotspot(hotspot, paths)),
        dropped: answer.hotspots.dropped,
        total: answer.paging?.total ?? answer.total,
      });
    },

    ...createWebhookCalls(calls, connection.organizationKey),
  };
}

function toPaths(
  components: readonly { readonly key: string; readonly path?: string | undefined }[] = [],
): ReadonlyMap<string, string> {
  return new Map(components.flatMap(({ key, path }) => (path === undefined ? [] : [[key, path]])));
}
