import { hasPullRequests, type Settings } from '../settings';

/** Groups of operations that every SonarQube has. */
const EVERYWHERE = [
  ...['analysis_cache', 'authentication', 'ce', 'components', 'duplications', 'favorites'],
  ...['hotspots', 'issues', 'languages', 'measures', 'metrics', 'navigation', 'new_code_periods'],
  ...['notifications', 'permissions', 'plugins', 'project_analyses', 'project_badges'],
  ...['project_branches', 'project_links', 'project_tags', 'projects', 'qualitygates'],
  ...['qualityprofiles', 'rules', 'server', 'settings', 'sources', 'user_groups', 'user_tokens'],
  ...['users', 'webhooks', 'webservices'],
];
const SERVER_ONLY = ['alm_integrations', 'alm_settings', 'features', 'system', 'monitoring'];
const CLOUD_ONLY = ['alm_integration', 'organizations'];
const COMMERCIAL_ONLY = ['project_pull_requests', 'applications', 'views', 'audit_logs'];
/** Single operations that a Community Build lacks in a group that it has. */
const NOT_IN_COMMUNITY = [
  /^alm_settings\/(?:set_\w+_binding|delete_binding|validate_binding)$/u,
  /^qualitygates\/application_status$/u,
  /^projects\/(?:export_findings|license_usage)$/u,
];

/** Whether the real server has the operation as far as is known, so that its absence here is the stand-in's own. */
export function isPublished(settings: Settings, path: string): boolean {
  const [group = ''] = path.split('/');
  if (settings.flavour === 'cloud') {
    return [...EVERYWHERE, ...CLOUD_ONLY, 'project_pull_requests'].includes(group);
  }
  if (!hasPullRequests(settings) && NOT_IN_COMMUNITY.some((pattern) => pattern.test(path))) {
    return false;
  }
  const commercial = hasPullRequests(settings) ? COMMERCIAL_ONLY : [];
  return [...EVERYWHERE, ...SERVER_ONLY, ...commercial].includes(group);
}
