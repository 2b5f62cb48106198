import { hasEnterpriseFeatures } from '../../settings';
import type { Platform } from '../../state/platforms';
import { ApiError } from '../api-error';
import { rightsOf } from '../authentication';
import { getProjectFor, requireGlobal } from '../lookups';
import type { Call, Operation } from '../operation';
import { requireLength, type Parameters } from '../parameters';
import type { Server } from '../server';

const LENGTH = {
  key: 200,
  newKey: 200,
  workspace: 80,
  clientId: 80,
  clientSecret: 160,
  url: 2_000,
  personalAccessToken: 2_000,
} as const;

function read(parameters: Parameters, name: keyof typeof LENGTH): string {
  return requireLength(name, parameters.get(name), LENGTH[name]);
}

function find(parameters: Parameters, name: keyof typeof LENGTH): string | undefined {
  const value = parameters.find(name);
  return value === undefined ? undefined : requireLength(name, value, LENGTH[name]);
}

function readWorkspace(parameters: Parameters): string {
  const workspace = read(parameters, 'workspace');
  if (/^[a-z0-9\-_]+$/u.test(workspace)) return workspace;
  throw new ApiError(
    400,
    'Workspace ID has an incorrect format. Should only contain lowercase letters, numbers, dashes, and underscores.',
  );
}

/** @throws ApiError 404 */
export function getPlatform({ state }: Pick<Server, 'state'>, key: string): Platform {
  const platform = state.platforms.find(key);
  if (platform) return platform;
  throw new ApiError(404, `DevOps Platform setting with key '${key}' cannot be found`);
}

const IN_WORDS = {
  bitbucketcloud: 'BITBUCKET_CLOUD',
  bitbucket: 'BITBUCKET',
  github: 'GITHUB',
  gitlab: 'GITLAB',
  azure: 'AZURE_DEVOPS',
} as const;

/** A record without its credentials, which never leave a server. */
function toDefinition({ alm, key, url, workspace, clientId, appId }: Platform) {
  if (alm === 'bitbucketcloud') return { key, workspace, clientId };
  if (alm === 'github') return { key, url, appId, clientId };
  return { key, url };
}

/** Operations about the records of DevOps platforms on a Server. */
export function createDevOpsPlatformOperations(server: Server): readonly Operation[] {
  const { state, settings } = server;

  function requireFreeKey(key: string): void {
    if (!state.platforms.find(key)) return;
    throw new ApiError(400, `An DevOps Platform setting with key '${key}' already exists`);
  }

  function requireRoomFor(alm: Platform['alm']): void {
    if (hasEnterpriseFeatures(settings)) return;
    if (!state.platforms.list().some((platform) => platform.alm === alm)) return;
    throw new ApiError(400, `A ${IN_WORDS[alm]} setting is already defined`);
  }

  function create(call: Call, alm: 'bitbucketcloud' | 'bitbucket'): void {
    requireGlobal(call, 'admin');
    const { parameters } = call;
    const key = read(parameters, 'key');
    const isCloud = alm === 'bitbucketcloud';
    const record = {
      workspace: isCloud ? readWorkspace(parameters) : null,
      clientId: isCloud ? read(parameters, 'clientId') : null,
      url: isCloud ? null : read(parameters, 'url'),
      secret: read(parameters, isCloud ? 'clientSecret' : 'personalAccessToken'),
    };
    requireRoomFor(alm);
    requireFreeKey(key);
    state.platforms.add({ key, alm, appId: null, ...record });
  }

  function update(call: Call, alm: 'bitbucketcloud' | 'bitbucket'): void {
    requireGlobal(call, 'admin');
    const { parameters } = call;
    const known = getPlatform(server, read(parameters, 'key'));
    const newKey = find(parameters, 'newKey') ?? known.key;
    const isCloud = alm === 'bitbucketcloud';
    const secret = find(parameters, isCloud ? 'clientSecret' : 'personalAccessToken');
    const changes = isCloud
      ? { workspace: readWorkspace(parameters), clientId: read(parameters, 'clientId') }
      : { url: read(parameters, 'url') };
    if ('url' in changes && changes.url !== known.url && secret === undefined) {
      throw new ApiError(400, 'Please provide the Personal Access Token to update the URL.');
    }
    if (newKey !== known.key) requireFreeKey(newKey);
    state.platforms.update(known.id, {
      key: newKey,
      ...changes,
      ...(secret !== undefined && { secret }),
    });
  }

  function list(call: Call) {
    const project = call.parameters.find('project');
    if (project === undefined) requireGlobal(call, 'provisioning');
    else getProjectFor(server, call, project, 'admin');
    return {
      almSettings: state.platforms.list().map(({ key, alm, url }) => ({
        key,
        alm,
        ...(url !== null && { url }),
      })),
    };
  }

  function listDefinitions(call: Call) {
    requireGlobal(call, 'admin');
    const platforms = state.platforms.list();
    const ofKind = (alm: Platform['alm']) =>
      platforms.filter((platform) => platform.alm === alm).map(toDefinition);
    return {
      github: ofKind('github'),
      azure: ofKind('azure'),
      bitbucket: ofKind('bitbucket'),
      gitlab: ofKind('gitlab'),
      bitbucketcloud: ofKind('bitbucketcloud'),
    };
  }

  /** For the v2 operations that act on Bitbucket in a person's name. */
  function setPersonalToken(call: Call): void {
    requireGlobal(call, 'provisioning');
    const { id, alm } = getPlatform(server, call.parameters.get('almSetting'));
    requireLength('pat', call.parameters.get('pat'), LENGTH.personalAccessToken);
    if (alm === 'bitbucketcloud') call.parameters.get('username');
    state.platforms.savePersonalToken(rightsOf(call.caller).login, id);
  }

  const only = 'server';
  const write = { method: 'POST', access: 'user', only } as const;
  const reading = { method: 'GET', access: 'user', only } as const;
  return [
    {
      path: 'alm_settings/list',
      ...reading,
      answer: list,
    },
    {
      path: 'alm_settings/list_definitions',
      ...reading,
      answer: listDefinitions,
    },
    {
      path: 'alm_settings/create_bitbucketcloud',
      ...write,
      answer: (call) => create(call, 'bitbucketcloud'),
    },
    {
      path: 'alm_settings/create_bitbucket',
      ...write,
      answer: (call) => create(call, 'bitbucket'),
    },
    {
      path: 'alm_settings/update_bitbucketcloud',
      ...write,
      answer: (call) => update(call, 'bitbucketcloud'),
    },
    {
      path: 'alm_settings/update_bitbucket',
      ...write,
      answer: (call) => update(call, 'bitbucket'),
    },
    {
      path: 'alm_settings/delete',
      ...write,
      answer(call) {
        requireGlobal(call, 'admin');
        state.platforms.remove(getPlatform(server, call.parameters.get('key')).id);
      },
    },
    {
      path: 'alm_settings/count_binding',
      ...reading,
      answer(call) {
        requireGlobal(call, 'admin');
        const { key, id } = getPlatform(server, call.parameters.get('almSetting'));
        return { key, projects: state.bindings.count(id) };
      },
    },
    {
      path: 'alm_settings/validate',
      ...reading,
      answer(call) {
        requireGlobal(call, 'admin');
        const { problems } = getPlatform(server, call.parameters.get('key'));
        return { errors: problems.map((msg) => ({ msg })) };
      },
    },
    {
      path: 'alm_integrations/set_pat',
      ...write,
      answer: setPersonalToken,
    },
  ];
}
