import { randomUUID } from 'node:crypto';
import type { HostDatabase } from '../database';
import type { Manifest, WebTriggerModule } from './manifest';
import type { Installation } from './types';

export interface WebTriggerUrls {
  /** The URL of a web trigger module: the same each time, unless a new one is forced. Nothing for an unknown module. */
  create(moduleKey: string, force: boolean): string | undefined;
  list(): readonly { readonly triggerKey: string; readonly url: string }[];
  /** False when there was none. */
  delete(id: string): boolean;
  /** The module behind `/x1/<id>` or `/public/<id>`, and what follows the id. */
  find(path: string): { readonly module: WebTriggerModule; readonly userPath: string } | undefined;
}

interface Row {
  readonly id: string;
  readonly module_key: string;
  readonly prefix: string;
}

/** Web trigger URLs of one installation, durable. The installation is part of the identity: a reinstall gets new ones. */
export function createWebTriggerUrls(
  database: HostDatabase,
  manifest: Manifest,
  { installationId }: Installation,
  baseUrl: () => string,
): WebTriggerUrls {
  database.exec(`create table if not exists web_trigger_url (
    id text primary key,
    installation_id text not null,
    module_key text not null,
    prefix text not null
  )`);
  const modules = new Map(manifest.webTriggers.map((module) => [module.key, module]));
  const prefixOf = (module: WebTriggerModule) => (module.urlFormat === 'v2' ? 'public' : 'x1');

  function rows(): Row[] {
    return database
      .prepare(
        'select id, module_key, prefix from web_trigger_url where installation_id = ? order by rowid',
      )
      .all(installationId) as Row[];
  }

  function urlOf({ prefix, id }: Row): string {
    return `${baseUrl()}/${prefix}/${id}`;
  }

  return {
    create(moduleKey, force) {
      const module = modules.get(moduleKey);
      if (!module) return undefined;
      const prefix = prefixOf(module);
      const existing = rows().find((row) => row.module_key === moduleKey && row.prefix === prefix);
      if (existing && !force) return urlOf(existing);
      const row: Row = { id: randomUUID(), module_key: moduleKey, prefix };
      database
        .prepare(
          'insert into web_trigger_url (id, installation_id, module_key, prefix) values (?, ?, ?, ?)',
        )
        .run(row.id, installationId, moduleKey, prefix);
      return urlOf(row);
    },
    list: () => rows().map((row) => ({ triggerKey: row.module_key, url: urlOf(row) })),
    delete(id) {
      const { changes } = database
        .prepare('delete from web_trigger_url where id = ? and installation_id = ?')
        .run(id, installationId);
      return changes > 0;
    },
    find(path) {
      const [, prefix, id, userPath = ''] = /^\/(x1|public)\/([^/]+)(\/.*)?$/.exec(path) ?? [];
      const row = rows().find((candidate) => candidate.id === id && candidate.prefix === prefix);
      const module = row && modules.get(row.module_key);
      return module ? { module, userPath } : undefined;
    },
  };
}
