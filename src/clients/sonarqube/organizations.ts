import * as z from 'zod/mini';
import type { OpenOrganizations, Organizations } from '../../domain/ports/organizations';
import {
  RemoteForbiddenError,
  RemoteNotFoundError,
  RemoteRejectedError,
  RemoteUnavailableError,
} from '../../errors/remote-errors';
import type { Http } from '../http/http';
import { createCalls, type Calls, type Fetch } from './calls';
import { BoundOrganization, MemberSearch, OrganizationSearch } from './schema';

const membersShown = 20;

/** Opens the organizations that a token of SonarQube Cloud sees (sonarqube.md 6 and 11). */
export function createOpenOrganizations(options: {
  readonly http: Http;
  readonly fetch: Fetch;
}): OpenOrganizations {
  return (access) => createOrganizations(createCalls(options.http, options.fetch, access));
}

function createOrganizations(calls: Calls): Organizations {
  async function search(parameters: Parameters<Calls['get']>[1]) {
    const { organizations } = await calls.get(
      'organizations/search',
      parameters,
      OrganizationSearch,
    );
    return organizations.map(({ key, name, actions }) => ({
      key,
      name,
      isAdmin: actions?.admin ?? false,
    }));
  }

  async function isUnbound(organization: string): Promise<boolean> {
    try {
      await calls.getOnce('alm_integration/list_repositories', { organization }, z.unknown());
      return false;
    } catch (error) {
      if (error instanceof RemoteRejectedError) return true;
      // Who may not create projects is not told; nor may they bind anything.
      if (error instanceof RemoteForbiddenError) return true;
      throw error;
    }
  }

  return {
    listOwn: (page, pageSize) => search({ member: 'true', p: page, ps: pageSize }),

    async find(key) {
      return (await search({ organizations: key })).find((each) => each.key === key);
    },

    async findPlatformUrl(organization) {
      try {
        const { almOrganization } = await calls.getOnce(
          'alm_integration/show_bound_organization',
          { organization },
          BoundOrganization,
        );
        return almOrganization.almUrl;
      } catch (error) {
        const isHidden =
          error instanceof RemoteForbiddenError || error instanceof RemoteNotFoundError;
        // Cloud says "not bound" with the status of a fault (sonarqube.md 3), so that another question has to tell.
        const isDoubtful = error instanceof RemoteUnavailableError && error.status === 500;
        if (isHidden || (isDoubtful && (await isUnbound(organization)))) return undefined;
        throw error;
      }
    },

    async listMembers(organization) {
      try {
        const found = await calls.get(
          'organizations/search_members',
          { organization, ps: membersShown },
          MemberSearch,
        );
        return found.users.map(({ name }) => name);
      } catch (error) {
        if (error instanceof RemoteForbiddenError || error instanceof RemoteNotFoundError)
          return [];
        throw error;
      }
    },

    create: ({ key, name, description, avatar, url }) =>
      calls.post('organizations/create', { key, name, description, avatar, url }),
  };
}
