import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { BitbucketStandIn, RepositorySummary } from '../bitbucket/types';
import type { HostDatabase } from '../database';
import type { Platform } from '../platform/types';
import type { SonarQubeStandIn } from '../sonarqube/types';
import { workspace } from './workspace';

/** Organization of the analysis server that the workspace belongs to. */
export const organizationKey = 'gatehouse';

/** Project of a repository, named as SonarQube Cloud names what it imports from Bitbucket; a rename leaves it as it is. */
export function projectKeyOf({ firstSlug }: RepositorySummary): string {
  return `${workspace.slug}_${firstSlug}`;
}

interface ConnectAppOptions {
  readonly bitbucket: BitbucketStandIn;
  readonly sonarqube: SonarQubeStandIn;
  readonly platform: Platform;
  readonly database: HostDatabase;
  /** Of a user who may make projects. */
  readonly token: string;
}

const Connected = z.object({ connectionId: z.string() });
const Remembered = z.object({ fingerprint: z.string(), connection_id: z.string() });

/**
 * Makes a project for each repository and lets the app connect the server and bind the repositories, through its own
 * use cases. What an earlier start has done is not done again.
 */
export async function connectApp(options: ConnectAppOptions): Promise<string> {
  const { bitbucket, sonarqube, platform, database } = options;
  const repositories = bitbucket
    .repositories()
    // Without a folder here there is nothing that could be analysed.
    .filter(({ problem, path }) => problem === undefined && path !== '');
  const bindings = repositories.map((repository) => ({
    repositoryUuid: repository.uuid,
    projectKey: projectKeyOf(repository),
    projectName: repository.name,
  }));
  const fingerprint = fingerprintOf([
    platform.installation.installationId,
    platform.baseUrl,
    sonarqube.baseUrl,
    bindings,
  ]);
  const memory = openMemory(database);
  const known = memory.find();
  if (known?.fingerprint === fingerprint) return known.connection_id;

  for (const repository of repositories) await createProject(options, repository);
  const answer = await platform.runHandler('host-setup.setUp', {
    connection: {
      name: 'SonarQube Cloud',
      kind: 'sonarqube-cloud',
      region: 'eu',
      token: sonarqube.issueToken('Gatehouse'),
      organizationKey,
    },
    bindings,
  });
  const { connectionId } = Connected.parse(answer);
  // Last, so that a start that was cut short is done again.
  memory.save(fingerprint, connectionId);
  return connectionId;
}

/** @throws Error with the server's words when it refuses for another reason than that the project is there. */
async function createProject(
  { sonarqube, token }: ConnectAppOptions,
  repository: RepositorySummary,
): Promise<void> {
  const project = projectKeyOf(repository);
  const answer = await sonarqube.fetch(
    new Request(`${sonarqube.baseUrl}/api/projects/create`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: new URLSearchParams({
        organization: organizationKey,
        project,
        name: repository.name,
        visibility: 'private',
        ...(repository.mainBranch === undefined ? {} : { mainBranch: repository.mainBranch }),
      }),
    }),
  );
  const text = await answer.text();
  if (!answer.ok && !text.includes('already exists')) {
    throw new Error(`The project "${project}" could not be made: ${answer.status} ${text}`);
  }
}

function fingerprintOf(facts: unknown): string {
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
}

function openMemory(database: HostDatabase) {
  database.exec(
    'CREATE TABLE IF NOT EXISTS host_connection (id INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL, connection_id TEXT NOT NULL)',
  );
  return {
    find() {
      const row: unknown = database.prepare('SELECT * FROM host_connection WHERE id = 1').get();
      return Remembered.safeParse(row).data;
    },
    save(fingerprint: string, connectionId: string) {
      database
        .prepare('INSERT OR REPLACE INTO host_connection VALUES (1, ?, ?)')
        .run(fingerprint, connectionId);
    },
  };
}
