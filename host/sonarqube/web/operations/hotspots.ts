import { formatDate } from '../../dates';
import type { Decision } from '../../issue-decisions';
import { findRule } from '../../rules/rule-table';
import type { StoredIssue } from '../../state/issues';
import { ApiError } from '../api-error';
import { maySee } from '../authentication';
import { componentKey, listComponents } from '../components';
import { textRange } from '../issue-form';
import { findPullRequestKey, getProject, getPullRequest, requireBranch } from '../lookups';
import type { Call, Operation } from '../operation';
import { cutPage } from '../paging';
import type { Parameters } from '../parameters';
import type { Server } from '../server';

function toHotspot(hotspot: StoredIssue) {
  const profile = findRule(hotspot.rule)?.hotspot;
  return {
    key: hotspot.key,
    component: componentKey(hotspot),
    project: hotspot.projectKey,
    securityCategory: profile?.securityCategory ?? 'others',
    vulnerabilityProbability: profile?.vulnerabilityProbability ?? 'LOW',
    status: hotspot.status,
    ...(hotspot.resolution !== null && { resolution: hotspot.resolution }),
    line: hotspot.line,
    message: hotspot.message,
    author: hotspot.author,
    creationDate: formatDate(hotspot.createdAt),
    updateDate: formatDate(hotspot.updatedAt),
    textRange: textRange(hotspot),
    flows: [],
    ruleKey: hotspot.rule,
    messageFormattings: [],
  };
}

function readDecision(parameters: Parameters): Decision {
  const status = parameters.get('status');
  const resolution = parameters.find('resolution');
  if (status === 'TO_REVIEW') return { status, resolution: null };
  if (
    status === 'REVIEWED' &&
    (resolution === 'FIXED' || resolution === 'SAFE' || resolution === 'ACKNOWLEDGED')
  ) {
    return { status, resolution };
  }
  throw new ApiError(
    400,
    "Either status 'TO_REVIEW', or status 'REVIEWED' with a resolution of FIXED, SAFE or ACKNOWLEDGED must be provided",
  );
}

/** Operations about security hotspots. */
export function createHotspotOperations(server: Server): readonly Operation[] {
  const { state, decide } = server;

  function listHotspots(call: Call): readonly StoredIssue[] {
    const { parameters } = call;
    const keys = parameters.findList('hotspots');
    if (keys) {
      return keys
        .flatMap((key) => state.issues.find(key) ?? [])
        .filter(({ kind, projectKey }) => {
          return kind === 'SECURITY_HOTSPOT' && maySee(call.caller, projectKey);
        });
    }
    const projectKey = parameters.find('project', 'projectKey');
    if (projectKey === undefined) {
      throw new ApiError(
        400,
        "A value must be provided for either parameter 'project' or parameter 'hotspots'",
      );
    }
    const project = getProject(server, call, projectKey);
    requireBranch(project, parameters);
    const pullRequestKey = findPullRequestKey(parameters);
    if (pullRequestKey === undefined) return [];
    getPullRequest(server, project.key, pullRequestKey);
    return state.issues
      .list(project.key, pullRequestKey)
      .filter(({ kind }) => kind === 'SECURITY_HOTSPOT');
  }

  return [
    {
      path: 'hotspots/search',
      method: 'GET',
      access: 'user',
      answer(call) {
        const { parameters } = call;
        const status = parameters.find('status');
        const resolution = parameters.find('resolution');
        const files = parameters.findList('files');
        const found = listHotspots(call)
          .filter((hotspot) => hotspot.status !== 'CLOSED')
          .filter((hotspot) => status === undefined || hotspot.status === status)
          .filter((hotspot) => resolution === undefined || hotspot.resolution === resolution)
          .filter(({ path }) => files?.includes(path) ?? true);
        const { entries, paging } = cutPage(found, parameters, { isIndexed: true });
        return {
          paging,
          hotspots: entries.map(toHotspot),
          components: listComponents(entries, (key) => state.projects.find(key), {
            withEnabled: false,
          }),
        };
      },
    },
    {
      path: 'hotspots/change_status',
      method: 'POST',
      access: 'user',
      async answer({ parameters, caller }) {
        const key = parameters.get('hotspot');
        const decision = readDecision(parameters);
        const hotspot = state.issues.find(key);
        if (hotspot?.kind !== 'SECURITY_HOTSPOT' || !maySee(caller, hotspot.projectKey)) {
          throw new ApiError(404, `Hotspot '${key}' does not exist`);
        }
        await decide(hotspot, decision);
      },
    },
  ];
}
