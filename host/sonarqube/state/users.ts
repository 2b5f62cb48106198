import * as z from 'zod';
import type { UserSeed } from '../seeds';
import { json } from './json-column';
import type { Rows } from './rows';

const Global = z.array(z.enum(['admin', 'gateadmin', 'profileadmin', 'provisioning', 'scan']));
const OnProject = z.array(
  z.enum(['admin', 'codeviewer', 'issueadmin', 'securityhotspotadmin', 'scan', 'user']),
);
const Data = z.object({
  name: z.string(),
  global: Global.readonly(),
  organizations: z.record(z.string(), Global.readonly()),
  projects: z.record(z.string(), OnProject.readonly()),
});
const UserRow = z
  .object({ login: z.string(), data: json(Data) })
  .transform(({ login, data }) => ({ login, ...data }));
/** A person with the permissions of exactly these places; `*` among the projects stands for every project. */
export type User = Readonly<z.output<typeof UserRow>>;

export interface Users {
  find(login: string): User | undefined;
  list(): readonly User[];
  /** Adds a person, or gives a known one these permissions in place of all others. */
  save(user: UserSeed): void;
}

export function createUsers(rows: Rows): Users {
  return {
    find: (login) => rows.find(UserRow, 'SELECT * FROM sonarqube_user WHERE login = ?', login),
    list: () => rows.list(UserRow, 'SELECT * FROM sonarqube_user ORDER BY login'),
    save({ login, name = login, global = [], organizations = {}, projects = {} }) {
      rows.run(
        'INSERT OR REPLACE INTO sonarqube_user (login, data) VALUES (?, ?)',
        login,
        JSON.stringify({ name, global, organizations, projects }),
      );
    },
  };
}
