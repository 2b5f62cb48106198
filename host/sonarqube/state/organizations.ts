import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { OrganizationSeed } from '../seeds';
import { json } from './json-column';
import type { Rows } from './rows';

const Binding = z.object({
  platform: z.enum(['bitbucket', 'github', 'gitlab', 'azure']),
  workspace: z.string(),
  repositories: z
    .array(z.object({ slug: z.string(), name: z.string(), id: z.string(), isPrivate: z.boolean() }))
    .readonly()
    .optional(),
  isReachable: z.boolean().optional(),
});
const Data = z.object({
  name: z.string(),
  description: z.string().optional(),
  url: z.string().optional(),
  avatar: z.string().optional(),
  plan: z.enum(['free', 'team', 'enterprise']),
  usage: z.object({ usedLines: z.number(), maximumLines: z.number() }).optional(),
  binding: Binding.optional(),
});
const OrganizationRow = z
  .object({ key: z.string(), id: z.string(), uuid: z.string(), data: json(Data) })
  .transform(({ data, ...row }) => ({ ...row, ...data }));
/** An organization of Cloud; without a `binding` it belongs to no DevOps platform. */
export type Organization = Readonly<z.output<typeof OrganizationRow>>;
export type OrganizationChanges = Partial<Omit<Organization, 'key' | 'id' | 'uuid'>>;

export interface Organizations {
  find(key: string): Organization | undefined;
  /** In the order of their keys. */
  list(): readonly Organization[];
  /** Answers `false` when the key is taken; then nothing was written. */
  add(organization: OrganizationSeed): boolean;
  /** Takes over the members that are named; `undefined` removes one. */
  update(
    key: string,
    changes: { readonly [K in keyof OrganizationChanges]: OrganizationChanges[K] | undefined },
  ): void;
  remove(key: string): void;
}

export function createOrganizations(rows: Rows): Organizations {
  const find = (key: string) =>
    rows.find(OrganizationRow, 'SELECT * FROM sonarqube_organization WHERE key = ?', key);
  return {
    find,
    list: () => rows.list(OrganizationRow, 'SELECT * FROM sonarqube_organization ORDER BY key'),
    add: ({ key, ...data }) =>
      rows.run(
        'INSERT OR IGNORE INTO sonarqube_organization (key, id, uuid, data) VALUES (?, ?, ?, ?)',
        key,
        randomUUID(),
        randomUUID(),
        JSON.stringify({ plan: 'team', ...data }),
      ) > 0,
    update(key, changes) {
      const known = find(key);
      if (!known) throw new Error(`There is no organization ${key}.`);
      rows.run(
        'UPDATE sonarqube_organization SET data = ? WHERE key = ?',
        // The schema of the row drops the columns that are not part of its data.
        JSON.stringify(Data.parse({ ...known, ...changes })),
        key,
      );
    },
    remove(key) {
      rows.run('DELETE FROM sonarqube_organization WHERE key = ?', key);
    },
  };
}
