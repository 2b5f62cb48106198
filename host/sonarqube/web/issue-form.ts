import { createHash } from 'node:crypto';
import { formatDate } from '../dates';
import { effortMinutes, isOpen } from '../gate/measures';
import { findLanguage } from '../analysis/languages';
import { ruleName } from '../rules/rule-table';
import type { StoredIssue } from '../state/issues';
import { componentKey } from './components';

/** The newer words of the same state. */
export type IssueStatus = 'OPEN' | 'CONFIRMED' | 'ACCEPTED' | 'FALSE_POSITIVE' | 'FIXED';

export function issueStatus({ status, resolution }: StoredIssue): IssueStatus {
  if (status === 'OPEN' || status === 'CONFIRMED') return status;
  if (resolution === 'WONTFIX') return 'ACCEPTED';
  return resolution === 'FALSE-POSITIVE' ? 'FALSE_POSITIVE' : 'FIXED';
}

const IMPACT_SEVERITY = {
  BLOCKER: 'BLOCKER',
  CRITICAL: 'HIGH',
  MAJOR: 'MEDIUM',
  MINOR: 'LOW',
  INFO: 'INFO',
} as const;

const QUALITY = {
  BUG: 'RELIABILITY',
  VULNERABILITY: 'SECURITY',
  CODE_SMELL: 'MAINTAINABILITY',
  SECURITY_HOTSPOT: 'SECURITY',
} as const;

const ATTRIBUTE = {
  BUG: { cleanCodeAttribute: 'LOGICAL', cleanCodeAttributeCategory: 'INTENTIONAL' },
  VULNERABILITY: { cleanCodeAttribute: 'TRUSTWORTHY', cleanCodeAttributeCategory: 'RESPONSIBLE' },
  CODE_SMELL: { cleanCodeAttribute: 'CLEAR', cleanCodeAttributeCategory: 'INTENTIONAL' },
  SECURITY_HOTSPOT: {
    cleanCodeAttribute: 'TRUSTWORTHY',
    cleanCodeAttributeCategory: 'RESPONSIBLE',
  },
} as const;

export function impactSeverity({ severity }: StoredIssue): string {
  return IMPACT_SEVERITY[severity];
}

export function softwareQuality({ kind }: StoredIssue): string {
  return QUALITY[kind];
}

export function textRange({ line, endLine, startColumn, endColumn }: StoredIssue) {
  return { startLine: line, endLine, startOffset: startColumn, endOffset: endColumn };
}

/** The moves that a person may make from here. */
export function listTransitions(issue: StoredIssue): readonly string[] {
  if (isOpen(issue)) {
    const confirm = issue.status === 'OPEN' ? 'confirm' : 'unconfirm';
    return ['accept', confirm, 'resolve', 'falsepositive', 'wontfix'];
  }
  return issue.status === 'RESOLVED' ? ['reopen'] : [];
}

/** An issue as `issues/search` answers it. */
export function toIssue(
  issue: StoredIssue,
  { withTransitions, isCloud }: { readonly withTransitions: boolean; readonly isCloud: boolean },
) {
  const effort = `${effortMinutes(issue)}min`;
  return {
    key: issue.key,
    rule: issue.rule,
    severity: issue.severity,
    component: componentKey(issue),
    project: issue.projectKey,
    line: issue.line,
    hash: createHash('md5').update(issue.key).digest('hex'),
    textRange: textRange(issue),
    flows: [],
    status: issue.status,
    ...(issue.resolution !== null && { resolution: issue.resolution }),
    message: issue.message,
    effort,
    debt: effort,
    author: issue.author,
    tags: [],
    ...(withTransitions && {
      transitions: listTransitions(issue),
      actions: ['comment'],
      comments: [],
    }),
    creationDate: formatDate(issue.createdAt),
    updateDate: formatDate(issue.updatedAt),
    type: issue.kind,
    pullRequest: issue.pullRequestKey,
    scope: 'MAIN',
    quickFixAvailable: false,
    messageFormattings: [],
    codeVariants: [],
    ...ATTRIBUTE[issue.kind],
    impacts: [{ softwareQuality: softwareQuality(issue), severity: impactSeverity(issue) }],
    issueStatus: issueStatus(issue),
    prioritizedRule: false,
    ...(!isCloud && {
      fromSonarQubeUpdate: false,
      internalTags: [],
      linkedTicketStatus: 'NOT_LINKED',
    }),
  };
}

const LANGUAGE_NAME = {
  js: 'JavaScript',
  ts: 'TypeScript',
  json: 'JSON',
  css: 'CSS',
} as const;

/** The rules that issues of one page are of, each once. */
export function listRulesOf(issues: readonly StoredIssue[]) {
  const examples = new Map(issues.map((issue) => [issue.rule, issue]));
  return [...examples.values()].map(({ rule, path }) => {
    const lang = findLanguage(path) ?? 'js';
    return {
      key: rule,
      name: ruleName(rule),
      status: 'READY',
      lang,
      langName: LANGUAGE_NAME[lang],
    };
  });
}
