import type { Issue } from '../../contracts/verdict';
import { toAuthorDigest } from '../../domain/author-digest';
import { toKind, toSeverity } from '../../domain/issue-severity';
import type { SearchedHotspot, SearchedIssue } from './schema';

/** Paths by component key, as an answer lists them. */
export type Paths = ReadonlyMap<string, string>;

const longestMessage = 500;

export function toIssue(issue: SearchedIssue, paths: Paths): Issue {
  const impacts = issue.impacts ?? [];
  return {
    key: issue.key,
    kind: toKind(issue.type, impacts),
    severity: toSeverity(impacts, issue.severity),
    message: toMessage(issue.message),
    rule: issue.rule ?? '',
    ...toPlace(issue, paths),
    ...toAuthor(issue),
  };
}

export function toHotspot(hotspot: SearchedHotspot, paths: Paths): Issue {
  return {
    key: hotspot.key,
    kind: 'hotspot',
    severity: toSeverity([], hotspot.vulnerabilityProbability),
    message: toMessage(hotspot.message),
    rule: hotspot.ruleKey ?? '',
    ...toPlace(hotspot, paths),
    ...toAuthor(hotspot),
  };
}

/** The server names who wrote the line by the address of the commit; empty where it does not know. */
function toAuthor({ author = '' }: Pick<SearchedIssue, 'author'>): Pick<Issue, 'author'> {
  return author.trim() === '' ? {} : { author: toAuthorDigest(author) };
}

function toMessage(message: string | undefined): string {
  return (message ?? 'The server gave no message.').slice(0, longestMessage);
}

function toPlace(
  { component, project, line }: Pick<SearchedIssue, 'component' | 'project' | 'line'>,
  paths: Paths,
): Pick<Issue, 'path' | 'line'> {
  const path =
    component === undefined ? undefined : (paths.get(component) ?? toPath(component, project));
  return { ...(path !== undefined && { path }), ...(line !== undefined && { line }) };
}

/** The key of a file is that of its project, a colon and its path. */
function toPath(component: string, project: string | undefined): string | undefined {
  if (project === undefined || !component.startsWith(`${project}:`)) return undefined;
  return component.slice(project.length + 1);
}
