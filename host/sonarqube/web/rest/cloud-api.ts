import * as z from 'zod';
import { listRepositories } from '../../cloud-repositories';
import { toCloudRepository } from '../../repository-address';
import type { Organization } from '../../state/organizations';
import { ApiError, insufficientPrivileges } from '../api-error';
import type { Server } from '../server';
import { createRest, type RestCall, type RestOperation, type Serve } from './rest';

const NewBinding = z.object({ projectId: z.string().min(1), repositoryId: z.string().min(1) });
const Changes = z.object({
  name: z.string().min(1).optional(),
  description: z.string().optional(),
  url: z.string().optional(),
  avatar: z.string().optional(),
});

function toOrganization({ id, key, name, uuid }: Organization) {
  return { id, key, name, uuidV4: uuid };
}

/** The newer operations of Cloud, on their own host: organizations, and which repository a project belongs to. */
export function createCloudApi(server: Server): Serve {
  const { state } = server;

  function getOwn({ part, rights }: RestCall): Organization {
    const wanted = part('organization');
    const found = state.organizations
      .list()
      .find(({ key, id, uuid }) => [key, id, uuid].includes(wanted));
    if (!found) throw new ApiError(404, `Organization '${wanted}' not found`);
    if (!rights.isMember(found.key)) throw insufficientPrivileges();
    return found;
  }

  function listOrganizations({ query, rights }: RestCall) {
    const key = query.find('organizationKey');
    return state.organizations
      .list()
      .filter((one) => key === undefined || one.key === key)
      .filter((one) => rights.isMember(one.key))
      .map(toOrganization);
  }

  function changeOrganization(call: RestCall) {
    const { key } = getOwn(call);
    if (!call.rights.has('admin', key)) throw insufficientPrivileges();
    state.organizations.update(key, call.body(Changes));
    return toOrganization(getOwn(call));
  }

  function listBindings({ query, rights }: RestCall) {
    const [url, projectId] = [query.find('url'), query.find('projectId')];
    if ((url === undefined) === (projectId === undefined)) {
      throw new ApiError(400, 'Exactly one of projectId or url must be given');
    }
    const repository = url === undefined ? undefined : toCloudRepository(url);
    const bindings = state.bindings
      .list()
      .filter((one) => url === undefined || one.repository.toLowerCase() === repository)
      .filter(({ projectKey }) => rights.hasOnProject('user', projectKey))
      .map(({ id, projectKey, repository: repositoryId }) => ({
        id,
        projectId: state.projects.find(projectKey)?.id ?? '',
        repositoryId,
      }))
      .filter((one) => projectId === undefined || one.projectId === projectId);
    return { bindings };
  }

  /** The workspace's own spelling of the repository. @throws ApiError 400 or 404 */
  function getRepository(organization: Organization, wanted: string) {
    const { binding } = organization;
    if (!binding) throw new ApiError(400, 'This organization is not bound to an ALM application');
    const repositories = listRepositories(organization, server.repositoriesOf);
    if (!repositories) throw new ApiError(500, 'An unexpected error occurred.');
    const found = repositories.find(
      ({ slug }) => `${binding.workspace}/${slug}`.toLowerCase() === wanted.toLowerCase(),
    );
    if (!found) throw new ApiError(404, `Repository '${wanted}' not found`);
    return { id: `${binding.workspace}/${found.slug}`, isPrivate: found.isPrivate };
  }

  function bindProject({ body, rights }: RestCall) {
    const { projectId, repositoryId } = body(NewBinding);
    const project = state.projects.findById(projectId);
    if (!project) throw new ApiError(404, `Project '${projectId}' not found`);
    const organization = state.organizations.find(project.organization ?? '');
    if (!organization) throw new ApiError(404, 'Organization not found');
    const mayBind =
      rights.hasOnProject('admin', project.key) && rights.has('provisioning', organization.key);
    if (!mayBind) throw insufficientPrivileges();
    const repository = getRepository(organization, repositoryId);
    if (project.visibility === 'public' && repository.isPrivate) {
      throw new ApiError(400, 'A public project cannot be bound to a private repository');
    }
    const { id } = state.bindings.save({
      projectKey: project.key,
      platformId: null,
      repository: repository.id,
      slug: null,
      monorepo: false,
    });
    return { id, projectId, repositoryId: repository.id };
  }

  /** Not documented: the form of the other resources. */
  function unbindProject({ part, rights }: RestCall): void {
    const binding = state.bindings.findById(part('id'));
    if (!binding) throw new ApiError(404, `Project binding '${part('id')}' not found`);
    if (!rights.hasOnProject('admin', binding.projectKey)) throw insufficientPrivileges();
    state.bindings.remove(binding.projectKey);
  }

  const organization = '/organizations/organizations/:organization';
  const bindings = '/dop-translation/project-bindings';
  const operations: readonly RestOperation[] = [
    {
      method: 'GET',
      route: '/organizations/organizations',
      access: 'user',
      answer: listOrganizations,
    },
    {
      method: 'GET',
      route: organization,
      access: 'user',
      answer: (call) => toOrganization(getOwn(call)),
    },
    { method: 'PATCH', route: organization, access: 'user', answer: changeOrganization },
    { method: 'GET', route: bindings, access: 'user', answer: listBindings },
    { method: 'POST', route: bindings, access: 'user', status: 201, answer: bindProject },
    { method: 'DELETE', route: `${bindings}/:id`, access: 'user', answer: unbindProject },
  ];
  return createRest(server, '', operations);
}
