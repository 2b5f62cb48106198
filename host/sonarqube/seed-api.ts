import type { OrganizationSeed, ProjectBindingRecord, ProjectSeed } from './seeds';
import type { Settings } from './settings';
import type { Binding } from './state/bindings';
import type { State } from './state/open-state';
import type { Platform } from './state/platforms';
import type { SonarQubeStandIn } from './types';

type Seeds = Pick<
  SonarQubeStandIn,
  'users' | 'organizations' | 'projects' | 'platforms' | 'bindings' | 'webhooks'
>;

/** What tests and the host set on a server and read from it, past its Web API. */
export function createSeeds(state: State, settings: Settings): Seeds {
  return {
    users: { add: (user) => state.users.save(user) },
    organizations: createOrganizationSeeds(state),
    projects: createProjectSeeds(state, settings),
    platforms: createPlatformSeeds(state),
    bindings: createBindingSeeds(state),
    webhooks: () =>
      state.webhooks.listAll().map(({ key, projectKey, organization, name, url }) => ({
        ...{ key, projectKey, organization, name, url },
      })),
  };
}

function createOrganizationSeeds(state: State): Seeds['organizations'] {
  const { organizations, projects } = state;
  return {
    add(organization: OrganizationSeed) {
      if (organizations.add(organization)) return;
      throw new Error(`There already is an organization ${organization.key}.`);
    },
    find: (key) => organizations.find(key),
    list: () => organizations.list(),
    update: (key, changes) => organizations.update(key, changes),
    bind: (key, binding) => organizations.update(key, { binding }),
    unbind: (key) => organizations.update(key, { binding: undefined }),
    remove(key) {
      state.transaction(() => {
        for (const project of projects.list(key)) projects.remove(project.key);
        organizations.remove(key);
      });
    },
  };
}

function createProjectSeeds(state: State, settings: Settings): Seeds['projects'] {
  function add(project: ProjectSeed) {
    const { key, name = key, visibility = 'private', mainBranch = 'main', analysedAt } = project;
    const organization = project.organization ?? settings.firstOrganization ?? null;
    const isNew = state.projects.add({
      ...{ key, name, organization, visibility, mainBranch },
      ...(analysedAt !== undefined && { analysedAt }),
    });
    if (!isNew) throw new Error(`There already is a project ${key}.`);
  }
  return {
    add: (...projects) => state.transaction(() => projects.forEach(add)),
    has: (key) => state.projects.find(key) !== undefined,
    remove: (key) => state.projects.remove(key),
    rename: (from, to) => state.projects.rename(from, to),
    setVisibility: (key, visibility) => state.projects.setVisibility(key, visibility),
  };
}

function getPlatform(state: State, key: string): Platform {
  const platform = state.platforms.find(key);
  if (!platform) throw new Error(`There is no DevOps platform record ${key}.`);
  return platform;
}

function createPlatformSeeds(state: State): Seeds['platforms'] {
  const toSeed = ({ alm, key, url, workspace, clientId, appId, secret }: Platform) => ({
    alm,
    key,
    ...(url !== null && { url }),
    ...(workspace !== null && { workspace }),
    ...(clientId !== null && { clientId }),
    ...(appId !== null && { appId }),
    ...(secret !== null && { secret }),
  });
  return {
    add({ alm, key, url, workspace, clientId, appId, secret }) {
      state.platforms.add({
        alm,
        key,
        url: url ?? null,
        workspace: workspace ?? null,
        clientId: clientId ?? null,
        appId: appId ?? null,
        secret: secret ?? null,
      });
    },
    find(key) {
      const platform = state.platforms.find(key);
      return platform && toSeed(platform);
    },
    list: () => state.platforms.list().map(toSeed),
    setProblems: (key, problems) =>
      state.platforms.update(getPlatform(state, key).id, { problems }),
    remove: (key) => state.platforms.remove(getPlatform(state, key).id),
  };
}

function createBindingSeeds(state: State): Seeds['bindings'] {
  const toRecord = (binding: Binding): ProjectBindingRecord => ({
    projectKey: binding.projectKey,
    setting:
      binding.platformId === null
        ? null
        : (state.platforms.findById(binding.platformId)?.key ?? null),
    repository: binding.repository,
    slug: binding.slug,
    monorepo: binding.monorepo,
  });
  return {
    list: () => state.bindings.list().map(toRecord),
    find(projectKey) {
      const binding = state.bindings.find(projectKey);
      return binding && toRecord(binding);
    },
    set({ projectKey, setting, ...rest }) {
      if (!state.projects.find(projectKey)) throw new Error(`There is no project ${projectKey}.`);
      const platformId = setting === null ? null : getPlatform(state, setting).id;
      state.bindings.save({ projectKey, platformId, ...rest });
    },
    remove: (projectKey) => state.bindings.remove(projectKey),
  };
}
