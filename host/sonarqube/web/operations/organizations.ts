import type { Organization } from '../../state/organizations';
import { ApiError } from '../api-error';
import { rightsOf, type Caller } from '../authentication';
import { getOrganization, requireGlobal } from '../lookups';
import type { Call, Operation } from '../operation';
import { cutPage } from '../paging';
import { requireLength, type Parameters } from '../parameters';
import type { Server } from '../server';

const LENGTH = { key: 255, name: 255, description: 256, url: 256, avatar: 256 } as const;

/** @throws ApiError 400 */
function readKey(parameters: Parameters): string {
  const key = requireLength('key', parameters.get('key'), LENGTH.key);
  if (/^[a-z0-9]+(?:-[a-z0-9]+)*$/u.test(key)) return key;
  throw new ApiError(400, `Key '${key}' contains at least one invalid char`);
}

/** Description, page and avatar; what the request does not name is absent, what it empties is `undefined`. */
function readExtras(parameters: Parameters) {
  const extras = (['description', 'url', 'avatar'] as const).flatMap((name) => {
    if (!parameters.has(name)) return [];
    const value = parameters.find(name);
    return [[name, value && requireLength(name, value, LENGTH[name])] as const];
  });
  return Object.fromEntries(extras);
}

function toDetails({ key, name, description, url, avatar }: Organization) {
  return {
    key,
    name,
    ...(description !== undefined && { description }),
    ...(url !== undefined && { url }),
    ...(avatar !== undefined && { avatar }),
  };
}

function toActions(caller: Caller, { key }: Organization) {
  const may = (permission: 'admin' | 'provisioning') =>
    caller.kind === 'token' && caller.rights.has(permission, key);
  return { admin: may('admin'), delete: may('admin'), provision: may('provisioning') };
}

/** Operations about the organizations of Cloud. */
export function createOrganizationOperations(server: Server): readonly Operation[] {
  const { state } = server;

  function search({ parameters, caller }: Call) {
    const keys = parameters.findList('organizations');
    const onlyOwn = parameters.findBoolean('member') ?? false;
    const rights = onlyOwn ? rightsOf(caller) : undefined;
    const found = state.organizations
      .list()
      .filter(({ key }) => keys?.includes(key) ?? true)
      .filter(({ key }) => rights?.isMember(key) ?? true);
    const { entries, paging } = cutPage(found, parameters);
    return {
      paging,
      organizations: entries.map((organization) => ({
        ...toDetails(organization),
        actions: toActions(caller, organization),
      })),
    };
  }

  /** Internal: Cloud's own pages make organizations with it. Whoever makes one owns it. */
  function create({ parameters, caller }: Call) {
    const key = readKey(parameters);
    const name = requireLength('name', parameters.get('name'), LENGTH.name);
    const isNew = state.organizations.add({ key, name, plan: 'free', ...readExtras(parameters) });
    if (!isNew) {
      throw new ApiError(400, `Key '${key}' is already used. Specify another one.`);
    }
    const user = state.users.find(rightsOf(caller).login);
    if (user) {
      const owner = ['admin', 'provisioning', 'scan'] as const;
      state.users.save({ ...user, organizations: { ...user.organizations, [key]: owner } });
    }
    return { organization: toDetails(getOrganization(server, key)) };
  }

  function update(call: Call) {
    const { parameters } = call;
    const { key } = getOrganization(server, parameters.get('key'));
    requireGlobal(call, 'admin', key);
    const name = parameters.find('name');
    state.organizations.update(key, {
      ...(name !== undefined && { name: requireLength('name', name, LENGTH.name) }),
      ...readExtras(parameters),
    });
    return { organization: toDetails(getOrganization(server, key)) };
  }

  function remove(call: Call) {
    const { key } = getOrganization(server, call.parameters.get('organization'));
    requireGlobal(call, 'admin', key);
    state.transaction(() => {
      for (const project of state.projects.list(key)) state.projects.remove(project.key);
      state.organizations.remove(key);
    });
  }

  function searchMembers(call: Call) {
    const { key } = getOrganization(server, call.parameters.get('organization'));
    if (!rightsOf(call.caller).isMember(key)) requireGlobal(call, 'admin', key);
    const members = state.users.list().filter((user) => user.organizations[key] !== undefined);
    const { entries, paging } = cutPage(members, call.parameters, { defaultSize: 50 });
    return { paging, users: entries.map(({ login, name }) => ({ login, name, avatar: '' })) };
  }

  const only = 'cloud';
  return [
    {
      path: 'organizations/search',
      method: 'GET',
      access: 'anyone',
      only,
      answer: search,
    },
    {
      path: 'organizations/create',
      method: 'POST',
      access: 'user',
      only,
      answer: create,
    },
    {
      path: 'organizations/update',
      method: 'POST',
      access: 'user',
      only,
      answer: update,
    },
    {
      path: 'organizations/delete',
      method: 'POST',
      access: 'user',
      only,
      answer: remove,
    },
    {
      path: 'organizations/search_members',
      method: 'GET',
      access: 'user',
      only,
      answer: searchMembers,
    },
  ];
}
