import * as z from 'zod';
import { isAt } from '../../repository-address';
import { hasEnterpriseFeatures } from '../../settings';
import type { Binding } from '../../state/bindings';
import type { Platform } from '../../state/platforms';
import { isSince } from '../../versions';
import { ApiError, insufficientPrivileges } from '../api-error';
import { createProject } from '../new-project';
import type { Server } from '../server';
import { createRest, cutRestPage, type RestCall, type RestOperation, type Serve } from './rest';

const BoundProject = z.object({
  projectKey: z.string().min(1),
  projectName: z.string().min(1),
  devOpsPlatformSettingId: z.string().min(1),
  repositoryIdentifier: z.string().min(1),
  projectIdentifier: z.string().optional(),
  monorepo: z.boolean(),
  newCodeDefinitionType: z.string().optional(),
  newCodeDefinitionValue: z.string().optional(),
});
type BoundProject = z.infer<typeof BoundProject>;

const TYPE = { bitbucket: 'bitbucket_server' } as const;
const BITBUCKET_CLOUD_API = 'https://api.bitbucket.org/2.0/';

function toSetting({ id, alm, key, url }: Platform) {
  const type = alm === 'bitbucket' ? TYPE.bitbucket : alm;
  return { id, type, key, url: alm === 'bitbucketcloud' ? BITBUCKET_CLOUD_API : url };
}

/** The v2 API of a Server as far as settings pages need it: DevOps platforms and bindings (10.5 and later). */
export function createServerApi(server: Server, base: string): Serve {
  const { state, settings } = server;

  function toBinding({ id, projectKey, platformId, repository, slug }: Binding) {
    return {
      id,
      devOpsPlatformSettingId: platformId,
      projectId: state.projects.find(projectKey)?.id ?? '',
      projectKey,
      repository,
      ...(slug !== null && { slug }),
    };
  }

  function requireProvisioning({ rights }: RestCall): void {
    if (!rights.has('provisioning')) throw insufficientPrivileges();
  }

  function listSettings(call: RestCall) {
    requireProvisioning(call);
    const all = state.platforms.list();
    return {
      dopSettings: all.map(toSetting),
      page: { pageIndex: 1, pageSize: all.length, total: all.length },
    };
  }

  function toLink(wanted: BoundProject, { id, alm }: Platform): Omit<Binding, 'id'> {
    const { projectKey, repositoryIdentifier, projectIdentifier, monorepo } = wanted;
    if (monorepo && !hasEnterpriseFeatures(settings)) {
      throw new ApiError(400, 'Monorepos are not supported by this edition');
    }
    if (alm !== 'bitbucket') {
      return { projectKey, platformId: id, repository: repositoryIdentifier, slug: null, monorepo };
    }
    if (projectIdentifier === undefined) throw new ApiError(400, 'projectIdentifier is missing');
    const [repository, slug] = [projectIdentifier, repositoryIdentifier];
    return { projectKey, platformId: id, repository, slug, monorepo };
  }

  /** `mayExist`: the idempotent form, which binds a project that is there again. */
  function bindProject(call: RestCall, mayExist: boolean) {
    requireProvisioning(call);
    const wanted = call.body(BoundProject);
    const platform = state.platforms.findById(wanted.devOpsPlatformSettingId);
    if (!platform) throw new ApiError(404, 'The DevOps platform setting cannot be found');
    if (!state.platforms.hasPersonalToken(call.rights.login, platform.id)) {
      throw new ApiError(400, `personal access token for '${platform.key}' is missing`);
    }
    const link = toLink(wanted, platform);
    const { projectKey: key, projectName: name } = wanted;
    const isNew = state.projects.find(key) === undefined;
    if (isNew || !mayExist) {
      const project = { key, name, organization: null, mainBranch: 'main' };
      createProject(server, call.rights, { ...project, visibility: 'private' });
    } else if (!call.rights.hasOnProject('admin', key)) throw insufficientPrivileges();
    const { id: bindingId } = state.bindings.save(link);
    const projectId = state.projects.find(key)?.id;
    return { projectId, bindingId, newProjectCreated: isNew };
  }

  function isWanted({ query }: RestCall, binding: Binding): boolean {
    const platform = state.platforms.findById(binding.platformId ?? '');
    const repository = query.find('repository')?.toLowerCase();
    const url = query.find('repositoryUrl');
    const setting = query.find('dopSettingId');
    return (
      platform !== undefined &&
      (setting === undefined || setting === platform.id) &&
      (repository === undefined || repository === binding.repository.toLowerCase()) &&
      // Older servers do not know the parameter, and ignore it.
      (url === undefined || !isSince(settings, '2025.4') || isAt(url, binding, platform))
    );
  }

  function listBindings(call: RestCall) {
    const visible = state.bindings
      .list()
      .filter((binding) => isWanted(call, binding))
      .filter(({ projectKey }) => call.rights.hasOnProject('user', projectKey));
    const { entries, page } = cutRestPage(visible, call.query);
    return { projectBindings: entries.map(toBinding), page };
  }

  function showBinding({ part, rights }: RestCall) {
    const binding = state.bindings.findById(part('id'));
    if (!binding) throw new ApiError(404, `Project binding with id '${part('id')}' not found`);
    if (!rights.hasOnProject('user', binding.projectKey)) throw insufficientPrivileges();
    return toBinding(binding);
  }

  const operations: readonly RestOperation[] = [
    {
      method: 'GET',
      route: '/dop-translation/dop-settings',
      access: 'user',
      answer: listSettings,
    },
    {
      method: 'POST',
      route: '/dop-translation/bound-projects',
      access: 'user',
      status: 201,
      answer: (call) => bindProject(call, false),
    },
    {
      method: 'PUT',
      route: '/dop-translation/bound-projects',
      access: 'user',
      answer: (call) => bindProject(call, true),
    },
    {
      method: 'GET',
      route: '/dop-translation/project-bindings',
      access: 'user',
      answer: listBindings,
    },
    {
      method: 'GET',
      route: '/dop-translation/project-bindings/:id',
      access: 'user',
      answer: showBinding,
    },
  ];
  return createRest(server, base, operations);
}
