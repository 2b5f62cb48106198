import { effortMinutes } from '../../gate/measures';
import { hasPullRequests } from '../../settings';
import type { StoredIssue } from '../../state/issues';
import type { Decision } from '../../issue-decisions';
import { ApiError } from '../api-error';
import { maySee } from '../authentication';
import { componentKey, listComponents } from '../components';
import {
  impactSeverity,
  issueStatus,
  listRulesOf,
  listTransitions,
  softwareQuality,
  toIssue,
} from '../issue-form';
import { findPullRequestKey } from '../lookups';
import type { Call, Operation } from '../operation';
import { cutPage } from '../paging';
import type { Parameters } from '../parameters';
import type { Server } from '../server';

type Property = (issue: StoredIssue) => string;

/** What issues can be filtered and counted by: the parameter, and where its value is. */
const PROPERTIES: Readonly<Record<string, Property>> = {
  severities: ({ severity }) => severity,
  types: ({ kind }) => kind,
  impactSeverities: impactSeverity,
  impactSoftwareQualities: softwareQuality,
  issueStatuses: issueStatus,
  statuses: ({ status }) => status,
  resolutions: ({ resolution }) => resolution ?? '',
  rules: ({ rule }) => rule,
  files: ({ path }) => path,
  issues: ({ key }) => key,
};

const ORDER = ['INFO', 'MINOR', 'MAJOR', 'CRITICAL', 'BLOCKER'];

const COMPARE: Readonly<Record<string, (a: StoredIssue, b: StoredIssue) => number>> = {
  SEVERITY: (a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity),
  FILE_LINE: (a, b) => (a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1),
  CREATION_DATE: (a, b) => a.createdAt - b.createdAt,
  UPDATE_DATE: (a, b) => a.updatedAt - b.updatedAt,
};

const DECISIONS: Readonly<Record<string, Decision>> = {
  accept: { status: 'RESOLVED', resolution: 'WONTFIX' },
  wontfix: { status: 'RESOLVED', resolution: 'WONTFIX' },
  falsepositive: { status: 'RESOLVED', resolution: 'FALSE-POSITIVE' },
  resolve: { status: 'RESOLVED', resolution: 'FIXED' },
  confirm: { status: 'CONFIRMED', resolution: null },
  unconfirm: { status: 'OPEN', resolution: null },
  reopen: { status: 'OPEN', resolution: null },
};

function sortIssues(issues: readonly StoredIssue[], parameters: Parameters) {
  const by = parameters.find('s') ?? 'FILE_LINE';
  const compare = COMPARE[by];
  if (!compare) {
    throw new ApiError(
      400,
      `Value of parameter 's' (${by}) must be one of: [${Object.keys(COMPARE).join(', ')}]`,
    );
  }
  const direction = (parameters.findBoolean('asc') ?? true) ? 1 : -1;
  return issues.toSorted((a, b) => direction * compare(a, b));
}

function countFacets(issues: readonly StoredIssue[], names: readonly string[]) {
  return names.flatMap((name) => {
    const property = PROPERTIES[name];
    if (!property) return [];
    const counts = new Map<string, number>();
    for (const issue of issues) {
      const value = property(issue);
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const values = [...counts].map(([val, count]) => ({ val, count }));
    return [{ property: name, values: values.toSorted((a, b) => b.count - a.count) }];
  });
}

/** The keys that the project of a component can have: both may hold colons. */
function listProjectKeys(component: string): readonly string[] {
  const parts = component.split(':');
  return parts.map((_, index) => parts.slice(0, index + 1).join(':'));
}

/** Operations about issues. Hotspots are no issues and have operations of their own. */
export function createIssueOperations(server: Server): readonly Operation[] {
  const { state, settings, decide } = server;

  /** Components that are unknown or hidden match nothing: that is no error here. */
  function listOfComponents(call: Call): readonly StoredIssue[] {
    const pullRequestKey = findPullRequestKey(call.parameters);
    const components = call.parameters.findList('components', 'componentKeys') ?? [];
    if (pullRequestKey === undefined || !hasPullRequests(settings)) return [];
    return state.projects
      .search({ keys: components.flatMap(listProjectKeys) }, { offset: 0, limit: -1 })
      .entries.filter(({ key }) => maySee(call.caller, key))
      .flatMap(({ key }) => state.issues.list(key, pullRequestKey))
      .filter((issue) => {
        if (issue.kind === 'SECURITY_HOTSPOT') return false;
        return components.includes(issue.projectKey) || components.includes(componentKey(issue));
      });
  }

  function filterIssues(issues: readonly StoredIssue[], parameters: Parameters) {
    const resolved = parameters.findBoolean('resolved');
    const filters = Object.entries(PROPERTIES).flatMap(([name, property]) => {
      const values = parameters.findList(name);
      return values ? [(issue: StoredIssue) => values.includes(property(issue))] : [];
    });
    return issues
      .filter(({ resolution }) => resolved === undefined || resolved === (resolution !== null))
      .filter((issue) => filters.every((matches) => matches(issue)));
  }

  function answerWith(issues: readonly StoredIssue[], withTransitions: boolean) {
    return {
      issues: issues.map((issue) =>
        toIssue(issue, { withTransitions, isCloud: settings.flavour === 'cloud' }),
      ),
      components: listComponents(issues, (key) => state.projects.find(key), { withEnabled: true }),
    };
  }

  return [
    {
      path: 'issues/search',
      method: 'GET',
      access: 'user',
      answer(call) {
        const { parameters } = call;
        const found = sortIssues(filterIssues(listOfComponents(call), parameters), parameters);
        const { entries, paging } = cutPage(found, parameters, { isIndexed: true });
        const extra = parameters.findList('additionalFields') ?? [];
        const has = (field: string) => extra.includes(field) || extra.includes('_all');
        return {
          total: paging.total,
          p: paging.pageIndex,
          ps: paging.pageSize,
          paging,
          effortTotal: found.reduce((sum, issue) => sum + effortMinutes(issue), 0),
          ...answerWith(entries, has('transitions')),
          ...(has('rules') && { rules: listRulesOf(entries) }),
          ...(has('users') && { users: [] }),
          facets: countFacets(found, parameters.findList('facets') ?? []),
        };
      },
    },
    {
      path: 'issues/do_transition',
      method: 'POST',
      access: 'user',
      async answer({ parameters, caller }) {
        const key = parameters.get('issue');
        const transition = parameters.get('transition');
        const issue = state.issues.find(key);
        if (!issue || issue.kind === 'SECURITY_HOTSPOT' || !maySee(caller, issue.projectKey)) {
          throw new ApiError(404, `Issue with key '${key}' does not exist`);
        }
        const decision = DECISIONS[transition];
        if (!decision || !listTransitions(issue).includes(transition)) {
          throw new ApiError(
            400,
            `Transition from state ${issue.status} does not exist: ${transition}`,
          );
        }
        await decide(issue, decision);
        const moved = state.issues.find(key) ?? issue;
        const { issues, components } = answerWith([moved], true);
        return { issue: issues[0], components, rules: listRulesOf([moved]), users: [] };
      },
    },
  ];
}
