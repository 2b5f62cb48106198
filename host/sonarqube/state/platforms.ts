import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { json } from './json-column';
import type { Rows } from './rows';

const PlatformRow = z
  .object({
    key: z.string(),
    id: z.string(),
    alm: z.enum(['bitbucketcloud', 'bitbucket', 'github', 'gitlab', 'azure']),
    url: z.string().nullable(),
    workspace: z.string().nullable(),
    client_id: z.string().nullable(),
    app_id: z.string().nullable(),
    secret: z.string().nullable(),
    problems: json(z.array(z.string()).readonly()),
  })
  .transform(({ client_id: clientId, app_id: appId, ...row }) => ({ ...row, clientId, appId }));
/** A DevOps platform record. `problems` is what the server finds when it tries it. */
export type Platform = Readonly<z.output<typeof PlatformRow>>;

export interface Platforms {
  find(key: string): Platform | undefined;
  findById(id: string): Platform | undefined;
  /** Oldest first. */
  list(): readonly Platform[];
  add(platform: Omit<Platform, 'id' | 'problems'>): Platform;
  update(id: string, changes: Partial<Omit<Platform, 'id' | 'alm'>>): void;
  /** Its bindings go with it. */
  remove(id: string): void;
  hasPersonalToken(login: string, id: string): boolean;
  savePersonalToken(login: string, id: string): void;
}

export function createPlatforms(rows: Rows): Platforms {
  const select = 'SELECT * FROM sonarqube_platform';
  const findById = (id: string) => rows.find(PlatformRow, `${select} WHERE id = ?`, id);
  return {
    find: (key) => rows.find(PlatformRow, `${select} WHERE key = ?`, key),
    findById,
    list: () => rows.list(PlatformRow, `${select} ORDER BY rowid`),
    add(platform) {
      const { key, alm, url, workspace, clientId, appId, secret } = platform;
      const id = randomUUID();
      rows.run(
        `INSERT INTO sonarqube_platform
           (key, id, alm, url, workspace, client_id, app_id, secret, problems)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, '[]')`,
        ...[key, id, alm, url, workspace, clientId, appId, secret],
      );
      return { id, problems: [], ...platform };
    },
    update(id, changes) {
      const known = findById(id);
      if (!known) throw new Error(`There is no DevOps platform record ${id}.`);
      const { key, url, workspace, clientId, appId, secret, problems } = { ...known, ...changes };
      rows.run(
        `UPDATE sonarqube_platform SET key = ?, url = ?, workspace = ?, client_id = ?, app_id = ?,
           secret = ?, problems = ? WHERE id = ?`,
        ...[key, url, workspace, clientId, appId, secret, JSON.stringify(problems), id],
      );
    },
    remove(id) {
      rows.transaction(() => {
        rows.run('DELETE FROM sonarqube_binding WHERE platform_id = ?', id);
        rows.run('DELETE FROM sonarqube_personal_token WHERE platform_id = ?', id);
        rows.run('DELETE FROM sonarqube_platform WHERE id = ?', id);
      });
    },
    hasPersonalToken: (login, id) =>
      rows.find(
        z.object({ login: z.string() }),
        'SELECT login FROM sonarqube_personal_token WHERE login = ? AND platform_id = ?',
        login,
        id,
      ) !== undefined,
    savePersonalToken(login, id) {
      rows.run('INSERT OR IGNORE INTO sonarqube_personal_token VALUES (?, ?)', login, id);
    },
  };
}
