import { createHash } from 'node:crypto';
import { formatDate } from '../../dates';
import { findLiveGate } from '../../gate/live-gate';
import { MAIN_BRANCH } from '../../gate/main-branch';
import { isOpen } from '../../gate/measures';
import type { StoredIssue } from '../../state/issues';
import type { Analysis, PullRequest } from '../../state/pull-requests';
import { getProject, getProjectFor } from '../lookups';
import type { Operation } from '../operation';
import { requireLength } from '../parameters';
import type { Server } from '../server';

/** Operations that list the branches and pull requests of a project. */
export function createBranchOperations(server: Server): readonly Operation[] {
  const { state, settings } = server;
  const isCloud = settings.flavour === 'cloud';

  function countByKind({ projectKey, key }: PullRequest) {
    const open = state.issues.list(projectKey, key).filter(isOpen);
    const count = (kind: StoredIssue['kind']) => open.filter((one) => one.kind === kind).length;
    return {
      bugs: count('BUG'),
      vulnerabilities: count('VULNERABILITY'),
      codeSmells: count('CODE_SMELL'),
    };
  }

  function contributors({ author }: Analysis) {
    if (!author) return [];
    const avatar = createHash('md5').update(author.email.trim().toLowerCase()).digest('hex');
    return [{ name: author.name, login: author.email, avatar }];
  }

  function toPullRequest(pullRequest: PullRequest) {
    const { key, title, branch, base, url, analysis, id } = pullRequest;
    const live = findLiveGate(state, pullRequest);
    return {
      key,
      title,
      branch,
      base,
      status: live
        ? { qualityGateStatus: live.gate.status, ...(isCloud && countByKind(pullRequest)) }
        : {},
      ...(analysis && { analysisDate: formatDate(analysis.analysedAt) }),
      ...(url !== null && { url }),
      target: base,
      // Only Cloud says which commit was analysed; on a Server it comes with the webhook alone.
      ...(isCloud && {
        ...(analysis && {
          commit: { sha: analysis.revision },
          contributors: contributors(analysis),
        }),
        pullRequestUuidV1: id.replaceAll('-', '').slice(0, 18).toUpperCase(),
        pullRequestId: id,
      }),
    };
  }

  return [
    {
      path: 'project_pull_requests/list',
      method: 'GET',
      access: 'analysis',
      only: 'branches',
      answer(call) {
        const { key } = getProject(server, call, call.parameters.get('project'));
        return { pullRequests: state.pullRequests.list(key).map(toPullRequest) };
      },
    },
    {
      path: 'project_branches/rename',
      method: 'POST',
      access: 'user',
      answer(call) {
        const { parameters } = call;
        const { key } = getProjectFor(server, call, parameters.get('project'), 'admin');
        state.projects.setMainBranch(key, requireLength('name', parameters.get('name'), 255));
      },
    },
    {
      path: 'project_branches/list',
      method: 'GET',
      access: 'analysis',
      answer(call) {
        const project = getProject(server, call, call.parameters.get('project'));
        const main = state.pullRequests.find(project.key, MAIN_BRANCH);
        const live = main && findLiveGate(state, main);
        return {
          // The main branch is there from the start and waits for its first analysis.
          branches: [
            {
              name: project.mainBranch,
              isMain: true,
              type: isCloud ? 'LONG' : 'BRANCH',
              status: live ? { qualityGateStatus: live.gate.status } : {},
              ...(live && { analysisDate: formatDate(live.analysis.analysedAt) }),
              ...(live && isCloud && { commit: { sha: live.analysis.revision } }),
              ...(!isCloud && { excludedFromPurge: true }),
              branchId: project.id,
            },
          ],
        };
      },
    },
  ];
}
