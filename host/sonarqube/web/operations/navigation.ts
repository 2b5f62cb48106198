import { formatDate } from '../../dates';
import { SONAR_WAY } from '../../gate/sonar-way';
import type { Organization } from '../../state/organizations';
import { workspaceUrl } from '../../cloud-repositories';
import { rightsOf } from '../authentication';
import { getComponent, getOrganization } from '../lookups';
import type { Call, Operation } from '../operation';
import type { Server } from '../server';

/**
 * What the plan allows and what is used. Cloud's pages show it; how its API names it is not documented, so an app has to
 * take the absence of both members for "not reported".
 */
function toPlan({ plan, usage }: Organization) {
  if (!usage) return {};
  return {
    subscription: plan.toUpperCase(),
    usage: { linesOfCode: usage.usedLines, maximumLinesOfCode: usage.maximumLines },
  };
}

/** What the pages of a server ask for about a project or an organization. */
export function createNavigationOperations(server: Server): readonly Operation[] {
  const { settings } = server;
  const isCloud = settings.flavour === 'cloud';

  function showComponent(call: Call) {
    const project = getComponent(server, call, call.parameters.get('component'));
    const mayAdminister = rightsOf(call.caller).hasOnProject('admin', project.key);
    return {
      key: project.key,
      ...(isCloud && { organization: project.organization }),
      id: project.id,
      name: project.name,
      description: '',
      isFavorite: false,
      canBrowseAllChildProjects: true,
      version: 'not provided',
      ...(project.analysedAt !== null && { analysisDate: formatDate(project.analysedAt) }),
      visibility: project.visibility,
      extensions: [],
      qualityProfiles: [],
      qualityGate: { key: SONAR_WAY.name, name: SONAR_WAY.name, isDefault: true },
      ...(mayAdminister && { configuration: CONFIGURATION }),
      breadcrumbs: [{ key: project.key, name: project.name, qualifier: 'TRK' }],
    };
  }

  function showOrganization({ parameters, caller }: Call) {
    const organization = getOrganization(server, parameters.get('organization'));
    const { key, name, binding } = organization;
    const rights = rightsOf(caller);
    const mayAdminister = rights.has('admin', key);
    return {
      organization: {
        key,
        name,
        canAdmin: mayAdminister,
        canDelete: mayAdminister,
        canProvisionProjects: rights.has('provisioning', key),
        projectVisibility: 'private',
        ...(binding && {
          alm: { key: binding.platform, url: workspaceUrl(binding.platform, binding.workspace) },
        }),
        ...(rights.isMember(key) && toPlan(organization)),
      },
    };
  }

  return [
    {
      path: 'navigation/component',
      method: 'GET',
      access: 'user',
      answer: showComponent,
    },
    {
      path: 'navigation/organization',
      method: 'GET',
      access: 'user',
      only: 'cloud',
      answer: showOrganization,
    },
  ];
}

const CONFIGURATION = {
  showSettings: true,
  showQualityProfiles: true,
  showQualityGates: true,
  showLinks: true,
  showPermissions: true,
  showHistory: true,
  showUpdateKey: true,
  showBackgroundTasks: true,
  canBrowseProject: true,
  extensions: [],
};
