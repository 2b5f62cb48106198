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
  })
  .transform(({ main_branch: mainBranch, ...row }) => ({ ...row, mainBranch }));
/** `organization` is null on a Server. */
export type Project = Readonly<z.output<typeof ProjectRow>>;

export interface Projects {
  find(key: string): Project | undefined;
  /** In the order of their names. */
  list(organization?: string): readonly Project[];
  /** Answers `false` when the key is taken; then nothing was written. */
  add(project: Omit<Project, 'id'>): boolean;
}

export function createProjects(rows: Rows): Projects {
  return {
    find: (key) => rows.find(ProjectRow, 'SELECT * FROM sonarqube_project WHERE key = ?', key),
    list: (organization) =>
      rows
        .list(ProjectRow, 'SELECT * FROM sonarqube_project ORDER BY name, key')
        .filter((project) => organization === undefined || project.organization === organization),
    add: (project) =>
      rows.run(
        'INSERT OR IGNORE INTO sonarqube_project VALUES (?, ?, ?, ?, ?, ?)',
        project.key,
        randomUUID(),
        project.name,
        project.organization,
        project.visibility,
        project.mainBranch,
      ) > 0,
  };
}
