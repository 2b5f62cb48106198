import * as z from 'zod';
import type { AnalysedIssue } from '../types';
import { json } from './json-column';
import type { Rows } from './rows';

const Analysed: z.ZodType<AnalysedIssue> = z.object({
  key: z.string(),
  rule: z.string(),
  kind: z.enum(['BUG', 'VULNERABILITY', 'CODE_SMELL', 'SECURITY_HOTSPOT']),
  severity: z.enum(['BLOCKER', 'CRITICAL', 'MAJOR', 'MINOR', 'INFO']),
  message: z.string(),
  path: z.string(),
  line: z.number(),
  endLine: z.number(),
  startColumn: z.number(),
  endColumn: z.number(),
});

/** The words of SonarQube's issue workflow; hotspots have the last two. A closed one is no longer in the code. */
const Status = z.enum(['OPEN', 'CONFIRMED', 'RESOLVED', 'CLOSED', 'TO_REVIEW', 'REVIEWED']);
export type IssueState = z.infer<typeof Status>;

const Resolution = z.enum(['WONTFIX', 'FALSE-POSITIVE', 'FIXED', 'SAFE', 'ACKNOWLEDGED']);
export type Resolution = z.infer<typeof Resolution>;

const IssueRow = z
  .object({
    key: z.string(),
    project_key: z.string(),
    pull_request_key: z.string(),
    analysed: json(Analysed),
    author: z.string(),
    status: Status,
    resolution: Resolution.nullable(),
    created_at: z.number(),
    updated_at: z.number(),
  })
  .transform((row) => ({
    ...row.analysed,
    key: row.key,
    projectKey: row.project_key,
    pullRequestKey: row.pull_request_key,
    author: row.author,
    status: row.status,
    resolution: row.resolution,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }));
/** An issue or hotspot of a pull request with its place in the workflow. */
export type StoredIssue = Readonly<z.output<typeof IssueRow>>;

export interface Issues {
  /** By the key that the Web API shows. */
  find(key: string): StoredIssue | undefined;
  list(projectKey: string, pullRequestKey: string): readonly StoredIssue[];
  /** Adds an issue, or finds it again: what a person decided about it stays, and a closed one opens. */
  save(issue: NewIssue): void;
  move(key: string, status: IssueState, resolution: Resolution | null, at: number): void;
}

export interface NewIssue {
  readonly key: string;
  readonly projectKey: string;
  readonly pullRequestKey: string;
  readonly analysed: AnalysedIssue;
  readonly author: string;
  readonly at: number;
}

/** Where an issue or hotspot starts in the workflow. */
export function firstStatus(kind: AnalysedIssue['kind']): IssueState {
  return kind === 'SECURITY_HOTSPOT' ? 'TO_REVIEW' : 'OPEN';
}

export function createIssues(rows: Rows): Issues {
  return {
    find: (key) => rows.find(IssueRow, 'SELECT * FROM sonarqube_issue WHERE key = ?', key),
    list: (projectKey, pullRequestKey) =>
      rows.list(
        IssueRow,
        `SELECT * FROM sonarqube_issue WHERE project_key = ? AND pull_request_key = ?
         ORDER BY rowid`,
        projectKey,
        pullRequestKey,
      ),
    save({ key, projectKey, pullRequestKey, analysed, author, at }) {
      rows.run(
        `INSERT INTO sonarqube_issue VALUES (?, ?, ?, ?, ?, ?, NULL, ?, ?)
         ON CONFLICT (key) DO UPDATE SET
           analysed = excluded.analysed,
           resolution = CASE status WHEN 'CLOSED' THEN NULL ELSE resolution END,
           status = CASE status WHEN 'CLOSED' THEN excluded.status ELSE status END`,
        ...[key, projectKey, pullRequestKey, JSON.stringify(analysed), author],
        firstStatus(analysed.kind),
        at,
        at,
      );
    },
    move(key, status, resolution, at) {
      rows.run(
        'UPDATE sonarqube_issue SET status = ?, resolution = ?, updated_at = ? WHERE key = ?',
        status,
        resolution,
        at,
        key,
      );
    },
  };
}
