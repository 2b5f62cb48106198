import type { SonarQubeOptions } from './types';

export type Edition = NonNullable<SonarQubeOptions['edition']>;

export interface Organization {
  readonly key: string;
  readonly name: string;
}

/** What this server says of itself. The edition can change at run time, so it is read anew for each request. */
export interface Settings {
  readonly flavour: SonarQubeOptions['flavour'];
  edition: Edition;
  readonly version: string;
  /** Public address without a slash at its end. */
  readonly baseUrl: string;
  /** Of the Cloud flavour; a Server has none. */
  readonly organizations: readonly Organization[];
  /** Name and login of the one user whom tokens belong to. */
  readonly login: string;
}

/** The organization of a Cloud stand-in that was given none. */
export const DEFAULT_ORGANIZATION: Organization = { key: 'gatehouse', name: 'Gatehouse' };

const VERSION = {
  cloud: '8.0.0.70000',
  commercial: '2026.3.1.123439',
  community: '26.7.0.124771',
} as const;

export function createSettings(options: SonarQubeOptions): Settings {
  const { flavour, edition = 'developer' } = options;
  const known = edition === 'community' ? VERSION.community : VERSION.commercial;
  return {
    flavour,
    edition,
    version: options.version ?? (flavour === 'cloud' ? VERSION.cloud : known),
    baseUrl: options.baseUrl.replace(/\/+$/u, ''),
    organizations: flavour === 'cloud' ? (options.organizations ?? [DEFAULT_ORGANIZATION]) : [],
    login: 'gatehouse',
  };
}

/** Whether pull requests can be analysed: everywhere but in a Community Build. */
export function hasPullRequests({ flavour, edition }: Settings): boolean {
  return flavour === 'cloud' || edition !== 'community';
}
