import type { Issue } from '../contracts/verdict';
import { toDigest } from './digest';
import { sortIssues } from './issue-severity';
import { PublicationLimits } from './publication-limits';
import type { Annotation } from './publication';
import { toIssueLink } from './public-link';
import { toLine } from './legal-text';

const kinds = {
  bug: 'BUG',
  vulnerability: 'VULNERABILITY',
  hotspot: 'VULNERABILITY',
  codeSmell: 'CODE_SMELL',
} as const satisfies Record<Issue['kind'], Annotation['kind']>;

/** bitbucket.md 9.3. */
const severities = {
  blocker: 'CRITICAL',
  high: 'HIGH',
  medium: 'MEDIUM',
  low: 'LOW',
  info: 'LOW',
} as const satisfies Record<Issue['severity'], Annotation['severity']>;

/** The worst issues as annotations that Bitbucket takes (bitbucket.md 9.2): at most 1,000, none of them twice. */
export function buildAnnotations(
  issues: readonly Issue[],
  dashboardUrl: string | undefined,
): Annotation[] {
  const byId = new Map(
    sortIssues(issues).map((issue) => [toExternalId(issue), toAnnotation(issue, dashboardUrl)]),
  );
  return [...byId.values()].slice(0, PublicationLimits.annotationsPerReport);
}

/** Follows from the server's key of the issue, so that the same issue always has the same annotation. */
function toExternalId({ key }: Issue): string {
  return `gatehouse-${toDigest(key)}`;
}

function toAnnotation(issue: Issue, dashboardUrl: string | undefined): Annotation {
  const path = toPath(issue.path);
  const line = toLineNumber(issue.line);
  const link = toIssueLink(dashboardUrl, issue);
  return {
    externalId: toExternalId(issue),
    kind: kinds[issue.kind],
    severity: severities[issue.severity],
    summary:
      toLine(issue.message, PublicationLimits.summaryCharacters) ??
      toLine(issue.rule, PublicationLimits.summaryCharacters) ??
      'Issue without a message',
    ...(path !== undefined && { path }),
    ...(path !== undefined && line !== undefined && { line }),
    ...(link !== undefined && { link }),
  };
}

/** Relative to the repository's root; what is none is left out, and the annotation stands in the overview. */
function toPath(path: string | undefined): string | undefined {
  const relative = path?.replaceAll('\\', '/').replace(/^(?:\.?\/)+/, '');
  const isUsable =
    relative !== undefined &&
    relative !== '' &&
    relative.length <= PublicationLimits.pathCharacters &&
    // A control character has the whole batch refused.
    toLine(relative, PublicationLimits.pathCharacters) === relative;
  return isUsable ? relative : undefined;
}

function toLineNumber(line: number | undefined): number | undefined {
  return line !== undefined && Number.isInteger(line) && line >= 1 && line <= 2_147_483_647
    ? line
    : undefined;
}
