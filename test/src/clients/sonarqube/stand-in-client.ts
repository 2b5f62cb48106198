import { createHttp } from '../../../../src/clients/http/http';
import { createOpenProjects } from '../../../../src/clients/sonarqube/projects';
import type { ServerAccess } from '../../../../src/domain/connection';
import type { SonarQubeStandIn } from '../../../../host/sonarqube/types';
import { setUp } from '../../../host/sonarqube/support';
import { createMemoryLog } from '../../../support/app/memory-log';

export type VersionedConnection = Pick<ServerAccess['connection'], 'kind' | 'version'>;

/** Our client of projects over the stand-in of a server; `refuse` answers the status of an operation that fails. */
export function openProjectsOf(
  sonarqube: SonarQubeStandIn,
  connection: ServerAccess['connection'],
  token: string,
  refuse: (operation: string) => number | undefined = () => undefined,
) {
  const log = createMemoryLog();
  const http = createHttp({ clock: { nowMs: () => 0 }, log, sleep: () => Promise.resolve() });
  const openProjects = createOpenProjects({
    http,
    fetch(url, init) {
      const operation = new URL(url).pathname.replace(/^.*\/api\//, '');
      const status = refuse(operation);
      return status === undefined
        ? sonarqube.fetch(new Request(url, init))
        : Promise.resolve(Response.json({ errors: [{ msg: 'no' }] }, { status }));
    },
  });
  return openProjects({ connection, token });
}

/** A stand-in of this kind and version, and our client over it. */
export async function setUpClient({ kind, version }: VersionedConnection) {
  const isCloud = kind === 'sonarqube-cloud';
  const { sonarqube, token } = await setUp({
    flavour: isCloud ? 'cloud' : 'server',
    ...(version !== undefined && { version }),
  });
  sonarqube.clearWrites();
  const connection = {
    kind,
    version,
    url: sonarqube.baseUrl,
    ...(isCloud && { organizationKey: 'gatehouse' }),
  };
  return { sonarqube, token, connection, projects: openProjectsOf(sonarqube, connection, token) };
}
