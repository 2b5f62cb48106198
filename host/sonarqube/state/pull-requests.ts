import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { json } from './json-column';
import type { Rows } from './rows';

/** What an analysis measured; what follows from the state of issues is computed when it is asked for. */
const Analysis = z.object({
  id: z.string(),
  analysedAt: z.number(),
  /** The head commit. */
  revision: z.string(),
  /** When the gate last changed: at the analysis, or later by the hand of a person. */
  changedAt: z.number(),
  newLines: z.number(),
  /** Of the main branch: when its first analysis was; new code is what came later. */
  newCodeSince: z.number().optional(),
  duplicatedLines: z.number(),
  coverage: z.object({ linesToCover: z.number(), coveredLines: z.number() }).optional(),
  author: z.object({ name: z.string(), email: z.string() }).optional(),
  /** Measures as they were at its end; people's decisions since then do not change them. */
  measures: z.record(z.string(), z.string()),
});
export type Analysis = Readonly<z.infer<typeof Analysis>>;

export const GateStatus = z.enum(['OK', 'ERROR']);
export type GateStatus = z.infer<typeof GateStatus>;

const PullRequestRow = z
  .object({
    project_key: z.string(),
    key: z.string(),
    id: z.string(),
    title: z.string(),
    branch: z.string(),
    base: z.string(),
    url: z.string().nullable(),
    analysis: json(Analysis).nullable(),
    gate_status: GateStatus.nullable(),
  })
  .transform(({ project_key: projectKey, gate_status: gateStatus, ...row }) => ({
    ...row,
    projectKey,
    gateStatus,
  }));
/** `analysis` and `gateStatus` are null until the first analysis ends well. */
export type PullRequest = Readonly<z.output<typeof PullRequestRow>>;

export interface PullRequests {
  /** With an empty key, the main branch. */
  find(projectKey: string, key: string): PullRequest | undefined;
  /** Without the main branch. */
  list(projectKey: string): readonly PullRequest[];
  /** Adds a pull request, or takes over its new title and branches; an analysis stays. */
  save(pullRequest: Omit<PullRequest, 'id' | 'analysis' | 'gateStatus'>): void;
  saveAnalysis(projectKey: string, key: string, analysis: Analysis, gateStatus: GateStatus): void;
}

export function createPullRequests(rows: Rows): PullRequests {
  const select = 'SELECT * FROM sonarqube_pull_request WHERE project_key = ?';
  return {
    find: (projectKey, key) => rows.find(PullRequestRow, `${select} AND key = ?`, projectKey, key),
    list: (projectKey) =>
      rows.list(PullRequestRow, `${select} AND key <> '' ORDER BY rowid`, projectKey),
    save({ projectKey, key, title, branch, base, url }) {
      rows.run(
        `INSERT INTO sonarqube_pull_request VALUES (?, ?, ?, ?, ?, ?, ?, NULL, NULL)
         ON CONFLICT (project_key, key) DO UPDATE SET
           title = excluded.title, branch = excluded.branch, base = excluded.base, url = excluded.url`,
        ...[projectKey, key, randomUUID(), title, branch, base, url],
      );
    },
    saveAnalysis(projectKey, key, analysis, gateStatus) {
      rows.run(
        `UPDATE sonarqube_pull_request SET analysis = ?, gate_status = ?
         WHERE project_key = ? AND key = ?`,
        JSON.stringify(analysis),
        gateStatus,
        projectKey,
        key,
      );
    },
  };
}
