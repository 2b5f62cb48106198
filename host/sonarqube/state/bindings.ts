import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Rows } from './rows';

const BindingRow = z
  .object({
    id: z.string(),
    project_key: z.string(),
    platform_id: z.string().nullable(),
    repository: z.string(),
    slug: z.string().nullable(),
    monorepo: z.number().transform(Boolean),
  })
  .transform(({ project_key: projectKey, platform_id: platformId, ...row }) => ({
    ...row,
    projectKey,
    platformId,
  }));
/**
 * The repository of a project. On a Server through a DevOps platform record (`repository` is the slug, or the project key
 * of Bitbucket Data Center); on Cloud through the organization's binding (`repository` is `workspace/slug`).
 */
export type Binding = Readonly<z.output<typeof BindingRow>>;

export interface Bindings {
  find(projectKey: string): Binding | undefined;
  findById(id: string): Binding | undefined;
  list(): readonly Binding[];
  count(platformId: string): number;
  /** In place of the project's earlier one. */
  save(binding: Omit<Binding, 'id'>): Binding;
  remove(projectKey: string): void;
}

export function createBindings(rows: Rows): Bindings {
  const select = 'SELECT * FROM sonarqube_binding';
  return {
    find: (projectKey) => rows.find(BindingRow, `${select} WHERE project_key = ?`, projectKey),
    findById: (id) => rows.find(BindingRow, `${select} WHERE id = ?`, id),
    list: () => rows.list(BindingRow, `${select} ORDER BY rowid`),
    count: (platformId) =>
      rows.list(BindingRow, `${select} WHERE platform_id = ?`, platformId).length,
    save(binding) {
      const { projectKey, platformId, repository, slug, monorepo } = binding;
      const id = randomUUID();
      rows.run(
        `INSERT OR REPLACE INTO sonarqube_binding
           (project_key, id, platform_id, repository, slug, monorepo) VALUES (?, ?, ?, ?, ?, ?)`,
        ...[projectKey, id, platformId, repository, slug, monorepo ? 1 : 0],
      );
      return { id, ...binding };
    },
    remove(projectKey) {
      rows.run('DELETE FROM sonarqube_binding WHERE project_key = ?', projectKey);
    },
  };
}
