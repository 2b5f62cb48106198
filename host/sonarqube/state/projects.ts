import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Rows } from './rows';

const ProjectRow = z
  .object({
    key: z.string(),
    id: z.string(),
    name: z.string(),
    organization: z.string().nullable(),
    visibility: z.enum(['public', 'private']),
    main_branch: z.string(),
    analysed_at: z.number().nullable(),
  })
  .transform(({ main_branch: mainBranch, analysed_at: analysedAt, ...row }) => ({
    ...row,
    mainBranch,
    analysedAt,
  }));
/** `organization` is null on a Server, `analysedAt` until its main branch was analysed. */
export type Project = Readonly<z.output<typeof ProjectRow>>;

const Count = z.object({ count: z.number() });

/** Which projects are asked for; what is absent leaves nothing out. */
export interface ProjectQuery {
  readonly organization?: string | undefined;
  /** A part of name or key, in any case. */
  readonly text?: string | undefined;
  readonly keys?: readonly string[] | undefined;
  readonly ids?: readonly string[] | undefined;
  /** Projects that somebody sees beside the public ones. */
  readonly visible?: readonly string[] | undefined;
}

export interface Projects {
  find(key: string): Project | undefined;
  findById(id: string): Project | undefined;
  /** In the order of their names. */
  list(organization?: string): readonly Project[];
  /** One page in the order of their names, with the number of all that fit; reads no more rows than it answers. */
  search(
    query: ProjectQuery,
    page: { readonly offset: number; readonly limit: number },
  ): { readonly entries: readonly Project[]; readonly total: number };
  /** Answers `false` when the key is taken; then nothing was written. */
  add(project: Omit<Project, 'id' | 'analysedAt'> & Partial<Pick<Project, 'analysedAt'>>): boolean;
  setVisibility(key: string, visibility: Project['visibility']): void;
  setMainBranch(key: string, name: string): void;
  /** Its main branch was analysed at this time. */
  setAnalysed(key: string, at: number): void;
  /** Gives the project and all that belongs to it another key. */
  rename(from: string, to: string): void;
  /** Deletes the project and all that belongs to it. */
  remove(key: string): void;
}

/** Tables that name a project by its key. */
const TABLES_OF_PROJECT = ['pull_request', 'issue', 'task', 'webhook', 'delivery', 'binding'];

/** The condition of a query, and the values for its question marks. */
function toCondition(query: ProjectQuery): readonly [condition: string, values: string[]] {
  const inList = (column: string) => `${column} IN (SELECT value FROM json_each(?))`;
  const { organization, text, keys, ids, visible } = query;
  const parts: (readonly [string, ...string[]])[] = [
    ...(organization === undefined ? [] : [['organization = ?', organization] as const]),
    ...(text === undefined || text === ''
      ? []
      : [['instr(lower(name || char(10) || key), ?) > 0', text.toLowerCase()] as const]),
    ...(keys === undefined ? [] : [[inList('key'), JSON.stringify(keys)] as const]),
    ...(ids === undefined ? [] : [[inList('id'), JSON.stringify(ids)] as const]),
    ...(visible === undefined
      ? []
      : [[`(visibility = 'public' OR ${inList('key')})`, JSON.stringify(visible)] as const]),
  ];
  const condition = ['1 = 1', ...parts.map(([part]) => part)].join(' AND ');
  return [condition, parts.flatMap(([, ...values]) => values)];
}

export function createProjects(rows: Rows): Projects {
  const select = 'SELECT * FROM sonarqube_project';
  const order = 'ORDER BY name, key';
  return {
    find: (key) => rows.find(ProjectRow, `${select} WHERE key = ?`, key),
    findById: (id) => rows.find(ProjectRow, `${select} WHERE id = ?`, id),
    list(organization) {
      const [condition, values] = toCondition({ organization });
      return rows.list(ProjectRow, `${select} WHERE ${condition} ${order}`, ...values);
    },
    search(query, { offset, limit }) {
      const [condition, values] = toCondition(query);
      const where = `WHERE ${condition}`;
      const counted = rows.find(
        Count,
        `SELECT count(*) AS count FROM sonarqube_project ${where}`,
        ...values,
      );
      return {
        entries: rows.list(
          ProjectRow,
          `${select} ${where} ${order} LIMIT ? OFFSET ?`,
          ...values,
          limit,
          offset,
        ),
        total: counted?.count ?? 0,
      };
    },
    add: ({ key, name, organization, visibility, mainBranch, analysedAt = null }) =>
      rows.run(
        `INSERT OR IGNORE INTO sonarqube_project
           (key, id, name, organization, visibility, main_branch, analysed_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
        ...[key, randomUUID(), name, organization, visibility, mainBranch, analysedAt],
      ) > 0,
    setAnalysed(key, at) {
      rows.run('UPDATE sonarqube_project SET analysed_at = ? WHERE key = ?', at, key);
    },
    setVisibility(key, visibility) {
      rows.run('UPDATE sonarqube_project SET visibility = ? WHERE key = ?', visibility, key);
    },
    setMainBranch(key, name) {
      rows.run('UPDATE sonarqube_project SET main_branch = ? WHERE key = ?', name, key);
    },
    rename(from, to) {
      rows.transaction(() => {
        rows.run('UPDATE sonarqube_project SET key = ? WHERE key = ?', to, from);
        for (const table of TABLES_OF_PROJECT) {
          const statement = `UPDATE sonarqube_${table} SET project_key = ? WHERE project_key = ?`;
          rows.run(statement, to, from);
        }
      });
    },
    remove(key) {
      rows.transaction(() => {
        rows.run('DELETE FROM sonarqube_project WHERE key = ?', key);
        for (const table of TABLES_OF_PROJECT) {
          rows.run(`DELETE FROM sonarqube_${table} WHERE project_key = ?`, key);
        }
      });
    },
  };
}
