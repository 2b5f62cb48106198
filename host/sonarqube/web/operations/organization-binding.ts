import { listRepositories, workspaceUrl } from '../../cloud-repositories';
import type { BoundPlatform, BoundRepository } from '../../seeds';
import type { Organization } from '../../state/organizations';
import { ApiError } from '../api-error';
import { rightsOf } from '../authentication';
import { getOrganization, getProject, requireGlobal } from '../lookups';
import type { Call, Operation } from '../operation';
import type { Server } from '../server';

const PLATFORMS: readonly BoundPlatform[] = ['bitbucket', 'github', 'gitlab', 'azure'];

/** Cloud's 500 for some plain negatives. */
function unexpected(): ApiError {
  return new ApiError(500, 'An unexpected error occurred. Please try again later.');
}

/** Operations about the DevOps platform that an organization of Cloud belongs to. */
export function createOrganizationBindingOperations(server: Server): readonly Operation[] {
  const { state } = server;

  /** The organization of a call whose caller is one of its members. */
  function getOwn({ parameters, caller }: Call): Organization {
    const organization = getOrganization(server, parameters.get('organization'));
    if (rightsOf(caller).isMember(organization.key)) return organization;
    throw new ApiError(403, 'Insufficient privileges');
  }

  function showBound(call: Call) {
    const { binding } = getOwn(call);
    if (!binding) throw unexpected();
    return {
      almOrganization: {
        key: binding.workspace,
        url: '',
        almUrl: workspaceUrl(binding.platform, binding.workspace),
        avatar: '',
        personal: false,
      },
    };
  }

  function getRepositories(organization: Organization): readonly BoundRepository[] {
    if (!organization.binding) {
      throw new ApiError(400, 'This organization is not bound to an ALM application');
    }
    const repositories = listRepositories(organization, server.repositoriesOf);
    // The platform does not answer: nothing says how Cloud puts that.
    if (!repositories) throw unexpected();
    return repositories;
  }

  function listAll(call: Call) {
    const organization = getOwn(call);
    requireGlobal(call, 'provisioning', organization.key);
    const workspace = organization.binding?.workspace ?? '';
    const repositories = getRepositories(organization);
    const bindings = state.bindings.list();
    const linkedTo = ({ slug }: BoundRepository) =>
      bindings
        .filter(({ repository }) => repository === `${workspace}/${slug}`)
        .flatMap(({ projectKey }) => state.projects.find(projectKey) ?? [])
        .map(({ key, name }) => ({ key, name }));
    return {
      repositories: repositories.map((repository) => ({
        label: repository.name,
        installationKey: `${workspace}/${repository.slug}|${repository.id}`,
        linkedProjects: linkedTo(repository),
        private: repository.isPrivate,
        slug: `${workspace}/${repository.slug}`,
      })),
    };
  }

  function isProjectBound(call: Call) {
    const { key } = getProject(server, call, call.parameters.get('project'));
    return { bound: state.bindings.find(key) !== undefined };
  }

  /** Not documented: the name is that of Cloud's own pages, the form of `installationId` is the stand-in's. */
  function bind(call: Call) {
    const { key, binding } = getOrganization(server, call.parameters.get('organization'));
    requireGlobal(call, 'admin', key);
    const installationId = call.parameters.get('installationId');
    const [first = '', ...rest] = installationId.split('/');
    const platform = PLATFORMS.find((one) => one === first);
    const workspace = rest.join('/');
    if (!platform || workspace === '') {
      throw new ApiError(400, `Installation '${installationId}' is not known`);
    }
    if (binding) throw new ApiError(400, `Organization '${key}' is already bound`);
    const other = state.organizations
      .list()
      .find((one) => one.binding?.platform === platform && one.binding.workspace === workspace);
    if (other) {
      throw new ApiError(400, `'${workspace}' is already bound to organization '${other.key}'`);
    }
    state.organizations.update(key, { binding: { platform, workspace } });
  }

  /** Not documented: Cloud offers it in its pages only, and for GitLab and Azure DevOps not at all. */
  function unbind(call: Call) {
    const { key, binding } = getOrganization(server, call.parameters.get('organization'));
    requireGlobal(call, 'admin', key);
    if (!binding) throw new ApiError(400, 'This organization is not bound to an ALM application');
    if (binding.platform === 'gitlab' || binding.platform === 'azure') {
      throw new ApiError(400, `The binding of organization '${key}' cannot be removed`);
    }
    state.organizations.update(key, { binding: undefined });
  }

  /** Internal: what Cloud's import makes of repositories. */
  function provision(call: Call) {
    const organization = getOwn(call);
    requireGlobal(call, 'provisioning', organization.key);
    const repositories = getRepositories(organization);
    const workspace = organization.binding?.workspace ?? '';
    const wanted = call.parameters.findList('installationKeys') ?? [];
    const projects = wanted.map((installationKey) => {
      const [slug = ''] = installationKey.split('|');
      const repository = repositories.find((one) => `${workspace}/${one.slug}` === slug);
      if (!repository) throw new ApiError(400, `Repository '${installationKey}' is not known`);
      const key = `${organization.key}_${repository.slug}`;
      const visibility = repository.isPrivate ? 'private' : 'public';
      const project = { key, name: repository.name, visibility, mainBranch: 'main' } as const;
      return { ...project, repository: slug };
    });
    state.transaction(() => {
      for (const { repository, ...project } of projects) {
        if (!state.projects.add({ ...project, organization: organization.key })) {
          const text = `Could not create Project with key: "${project.key}". A similar key already exists: "${project.key}"`;
          throw new ApiError(400, text);
        }
        const link = { platformId: null, repository, slug: null, monorepo: false };
        state.bindings.save({ projectKey: project.key, ...link });
      }
    });
    return { projects: projects.map(({ key }) => ({ projectKey: key })) };
  }

  const only = 'cloud';
  return [
    {
      path: 'alm_integration/show_bound_organization',
      method: 'GET',
      access: 'user',
      only,
      answer: showBound,
    },
    {
      path: 'alm_integration/list_repositories',
      method: 'GET',
      access: 'user',
      only,
      answer: listAll,
    },
    {
      path: 'alm_integration/is_project_bound',
      method: 'GET',
      access: 'user',
      only,
      answer: isProjectBound,
    },
    {
      path: 'alm_integration/bind_organization',
      method: 'POST',
      access: 'user',
      only,
      answer: bind,
    },
    {
      path: 'alm_integration/unbind_organization',
      method: 'POST',
      access: 'user',
      only,
      answer: unbind,
    },
    {
      path: 'alm_integration/provision_projects',
      method: 'POST',
      access: 'user',
      only,
      answer: provision,
    },
  ];
}
