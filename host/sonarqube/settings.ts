import type { SonarQubeOptions } from './types';

export type Edition = NonNullable<SonarQubeOptions['edition']>;

/** What `system/status` says; only a server that is up answers anything else. */
export type SystemStatus =
  'UP' | 'STARTING' | 'DOWN' | 'RESTARTING' | 'DB_MIGRATION_NEEDED' | 'DB_MIGRATION_RUNNING';

/** What this server says of itself. Edition and status can change at run time, so they are read anew for each request. */
export interface Settings {
  readonly flavour: SonarQubeOptions['flavour'];
  edition: Edition;
  status: SystemStatus;
  readonly version: string;
  /** Public address without a slash at its end. */
  readonly baseUrl: string;
  /** Where Cloud has its newer operations; a Server has none. */
  readonly apiBaseUrl: string | undefined;
  /** Of the Cloud flavour: projects that a report makes by itself belong to it. */
  readonly firstOrganization: string | undefined;
  /** Login of the built-in user, who may do everything and to whom tokens belong that name no other. */
  readonly login: string;
}

/** The organization of a Cloud stand-in that was given none. */
export const DEFAULT_ORGANIZATION = { key: 'gatehouse', name: 'Gatehouse' } as const;

const VERSION = {
  cloud: '8.0.0.70000',
  commercial: '2026.3.1.123439',
  community: '26.7.0.124771',
} as const;

export function createSettings(options: SonarQubeOptions): Settings {
  const { flavour, edition = 'developer', organizations = [DEFAULT_ORGANIZATION] } = options;
  const known = edition === 'community' ? VERSION.community : VERSION.commercial;
  const isCloud = flavour === 'cloud';
  const baseUrl = options.baseUrl.replace(/\/+$/u, '');
  return {
    flavour,
    edition,
    status: 'UP',
    version: options.version ?? (isCloud ? VERSION.cloud : known),
    baseUrl,
    apiBaseUrl: isCloud ? baseUrl.replace('://', '://api.') : undefined,
    firstOrganization: isCloud ? organizations[0]?.key : undefined,
    login: 'gatehouse',
  };
}

/** Whether pull requests can be analysed: everywhere but in a Community Build. */
export function hasPullRequests({ flavour, edition }: Settings): boolean {
  return flavour === 'cloud' || edition !== 'community';
}

/** Whether several records of one DevOps platform and monorepos are possible: from Enterprise on. */
export function hasEnterpriseFeatures({ flavour, edition }: Settings): boolean {
  return flavour === 'server' && (edition === 'enterprise' || edition === 'datacenter');
}
