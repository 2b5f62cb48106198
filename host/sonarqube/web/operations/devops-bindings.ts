import { hasEnterpriseFeatures } from '../../settings';
import type { Platform } from '../../state/platforms';
import { isSince } from '../../versions';
import { ApiError } from '../api-error';
import { getProject, getProjectFor } from '../lookups';
import type { Call, Operation } from '../operation';
import { requireLength, type Parameters } from '../parameters';
import type { Server } from '../server';
import { getPlatform } from './devops-platforms';

const REPOSITORY_LENGTH = 256;

function readMonorepo({ settings }: Server, parameters: Parameters): boolean {
  parameters.get('monorepo');
  const monorepo = parameters.findBoolean('monorepo') ?? false;
  if (monorepo && !hasEnterpriseFeatures(settings)) {
    // The words are the stand-in's own: the code of this check is not published.
    throw new ApiError(400, 'Monorepos are not supported by this edition');
  }
  return monorepo;
}

/** Operations about the repository that a project of a Server belongs to. Only `get_binding` is in every edition. */
export function createDevOpsBindingOperations(server: Server): readonly Operation[] {
  const { state, settings } = server;

  function set(call: Call, alm: 'bitbucketcloud' | 'bitbucket'): void {
    const { parameters } = call;
    const { key } = getProjectFor(server, call, parameters.get('project'), 'admin');
    const platform = getPlatform(server, parameters.get('almSetting'));
    if (platform.alm !== alm) {
      throw new ApiError(400, `DevOps Platform setting '${platform.key}' is of another platform`);
    }
    const read = (name: string) => requireLength(name, parameters.get(name), REPOSITORY_LENGTH);
    state.bindings.save({
      projectKey: key,
      platformId: platform.id,
      repository: read('repository'),
      slug: alm === 'bitbucket' ? read('slug') : null,
      monorepo: readMonorepo(server, parameters),
    });
  }

  function getBound(key: string) {
    const binding = state.bindings.find(key);
    const platform = state.platforms.findById(binding?.platformId ?? '');
    if (binding && platform) return { binding, platform };
    throw new ApiError(404, `Project '${key}' is not bound to any DevOps Platform`);
  }

  function toAddress({ alm, url }: Platform) {
    return alm === 'bitbucketcloud' || url === null ? {} : { url };
  }

  function show(call: Call) {
    const key = call.parameters.get('project');
    if (isSince(settings, '10.1')) getProject(server, call, key);
    else getProjectFor(server, call, key, 'admin');
    const { binding, platform } = getBound(key);
    return {
      key: platform.key,
      alm: platform.alm,
      repository: binding.repository,
      ...(binding.slug !== null && { slug: binding.slug }),
      ...toAddress(platform),
      monorepo: binding.monorepo,
    };
  }

  function validate(call: Call): void {
    const { key } = getProject(server, call, call.parameters.get('project'));
    const { problems } = getBound(key).platform;
    if (problems.length === 0) return;
    const errors = problems.map((msg) => ({ msg }));
    throw new ApiError(400, 'The binding is not valid', { scope: 'GLOBAL', errors });
  }

  return [
    {
      path: 'alm_settings/get_binding',
      method: 'GET',
      access: 'user',
      only: 'server',
      answer: show,
    },
    {
      path: 'alm_settings/set_bitbucketcloud_binding',
      method: 'POST',
      access: 'user',
      only: 'commercial',
      answer: (call) => set(call, 'bitbucketcloud'),
    },
    {
      path: 'alm_settings/set_bitbucket_binding',
      method: 'POST',
      access: 'user',
      only: 'commercial',
      answer: (call) => set(call, 'bitbucket'),
    },
    {
      path: 'alm_settings/delete_binding',
      method: 'POST',
      access: 'user',
      only: 'commercial',
      answer(call) {
        const { parameters } = call;
        const { key } = getProjectFor(server, call, parameters.get('project'), 'admin');
        state.bindings.remove(key);
      },
    },
    {
      path: 'alm_settings/validate_binding',
      method: 'GET',
      access: 'user',
      only: 'commercial',
      answer: validate,
    },
  ];
}
