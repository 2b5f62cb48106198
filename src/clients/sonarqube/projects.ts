import type { NewCode } from '../../contracts/imports';
import type { ServerAccess } from '../../domain/connection';
import type { ExistingProject, OpenProjects, Projects } from '../../domain/ports/projects';
import {
  RemoteError,
  RemoteForbiddenError,
  RemoteRateLimitedError,
  RemoteRejectedError,
  RemoteUnavailableError,
} from '../../errors/remote-errors';
import type { Http } from '../http/http';
import { createCalls, unlessUnknown, type Calls, type Fetch } from './calls';
import { Component, ProjectList } from './schema';
import { takesNewCode } from './server-version';

/** A project that is there already is refused as a bad request, with these words alone to tell (sonarqube.md 5). */
const alreadyThere = /already exists/i;

/** Opens the projects of SonarQube Cloud or of a SonarQube Server (sonarqube.md 4 and 5). */
export function createOpenProjects(options: {
  readonly http: Http;
  readonly fetch: Fetch;
}): OpenProjects {
  return (access) => createProjects(createCalls(options.http, options.fetch, access), access);
}

function createProjects(calls: Calls, { connection }: ServerAccess): Projects {
  const organization = connection.organizationKey;
  const isCloud = connection.kind === 'sonarqube-cloud';

  /** Servers take the name with the project; Cloud gives each its own default, which is renamed. */
  async function nameMainBranch(project: string, name: string): Promise<string | undefined> {
    try {
      await calls.post('project_branches/rename', { project, name });
      return undefined;
    } catch (error) {
      if (!(error instanceof RemoteError)) throw error;
      // Whoever asks has to wait before the next call, which would be refused as well.
      if (error instanceof RemoteRateLimitedError || error instanceof RemoteUnavailableError) {
        throw error;
      }
      return `Its main branch could not be named "${name}": do it on the server, under Branches, before the first analysis.`;
    }
  }

  return {
    async findExisting(projectKeys) {
      try {
        const { components } = await calls.get(
          'projects/search',
          { organization, projects: projectKeys.join(','), ps: 100 },
          ProjectList,
        );
        return components.entries.map(toExisting);
      } catch (error) {
        // It needs the right to administer, which nothing else here does.
        if (error instanceof RemoteForbiddenError) return undefined;
        throw error;
      }
    },

    async find(component) {
      const found = await unlessUnknown(calls.get('components/show', { component }, Component));
      return found && toExisting(found.component);
    },

    makePrivate: (project) =>
      calls.post('projects/update_visibility', { project, visibility: 'private' }),

    async create({ projectKey, name, visibility, mainBranch, newCode }) {
      try {
        await calls.post('projects/create', {
          organization,
          project: projectKey,
          name,
          visibility,
          ...(!isCloud && { mainBranch }),
          ...(takesNewCode(connection) && toNewCode(newCode)),
        });
      } catch (error) {
        const isRefused = error instanceof RemoteRejectedError;
        if (!isRefused || !alreadyThere.test(error.serverSentence ?? '')) throw error;
        return { outcome: 'exists' };
      }
      if (!isCloud || mainBranch === undefined) return { outcome: 'created' };
      return { outcome: 'created', problem: await nameMainBranch(projectKey, mainBranch) };
    },
  };
}

function toNewCode(newCode: NewCode) {
  if (newCode.kind === 'server') return {};
  if (newCode.kind === 'previousVersion') return { newCodeDefinitionType: 'PREVIOUS_VERSION' };
  return { newCodeDefinitionType: 'NUMBER_OF_DAYS', newCodeDefinitionValue: newCode.days };
}

function toExisting({
  key,
  name = key,
  visibility,
}: {
  readonly key: string;
  readonly name?: string | undefined;
  readonly visibility?: string | undefined;
}): ExistingProject {
  return { projectKey: key, name, ...toVisibility(visibility) };
}

/** A word that is neither is none. */
export function toVisibility(word: string | undefined): {
  readonly visibility?: 'public' | 'private';
} {
  return word === 'public' || word === 'private' ? { visibility: word } : {};
}
