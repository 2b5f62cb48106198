/** Permissions on the whole server, or on one organization of Cloud. */
export type GlobalPermission = 'admin' | 'gateadmin' | 'profileadmin' | 'provisioning' | 'scan';

/** Permissions on one project; `user` is Browse. */
export type ProjectPermission =
  'admin' | 'codeviewer' | 'issueadmin' | 'securityhotspotadmin' | 'scan' | 'user';

/** A person, with exactly the permissions given. */
export interface UserSeed {
  readonly login: string;
  readonly name?: string;
  /** On a Server. */
  readonly global?: readonly GlobalPermission[];
  /** On Cloud: the organizations that the person is a member of, with the permissions there. */
  readonly organizations?: Readonly<Record<string, readonly GlobalPermission[]>>;
  /** By project key; `*` stands for every project. */
  readonly projects?: Readonly<Record<string, readonly ProjectPermission[]>>;
}

export type OrganizationPlan = 'free' | 'team' | 'enterprise';
export type BoundPlatform = 'bitbucket' | 'github' | 'gitlab' | 'azure';

/** A repository as a DevOps platform lists it to Cloud. */
export interface BoundRepository {
  readonly slug: string;
  readonly name: string;
  /** The platform's own identifier: a UUID on Bitbucket. */
  readonly id: string;
  readonly isPrivate: boolean;
}

export interface OrganizationBinding {
  readonly platform: BoundPlatform;
  /** Workspace, group or organization of the platform. */
  readonly workspace: string;
  /** Absent: those that the host's Bitbucket has, where it is the workspace's. */
  readonly repositories?: readonly BoundRepository[] | undefined;
  /** `false` for a phantom: Sonar's application is gone from the workspace and the binding is still here. */
  readonly isReachable?: boolean | undefined;
}

/** An organization of Cloud. Its owners are the users whose permissions there include `admin`. */
export interface OrganizationSeed {
  readonly key: string;
  readonly name: string;
  readonly description?: string | undefined;
  readonly url?: string | undefined;
  readonly avatar?: string | undefined;
  /** Default `team`. */
  readonly plan?: OrganizationPlan | undefined;
  /** Private lines of code of the plan; absent: this Cloud does not report it. */
  readonly usage?: { readonly usedLines: number; readonly maximumLines: number } | undefined;
  readonly binding?: OrganizationBinding | undefined;
}

export interface ProjectSeed {
  readonly key: string;
  /** Default: the key. */
  readonly name?: string;
  /** On Cloud; default: the first organization. */
  readonly organization?: string;
  /** Default `private`. */
  readonly visibility?: 'public' | 'private';
  /** Default `main`. */
  readonly mainBranch?: string;
  /** Epoch milliseconds of an analysis of its main branch. */
  readonly analysedAt?: number;
}

export type PlatformKind = 'bitbucketcloud' | 'bitbucket' | 'github' | 'gitlab' | 'azure';

/** A DevOps platform record of a Server. */
export interface DevOpsPlatformSeed {
  readonly alm: PlatformKind;
  readonly key: string;
  readonly url?: string;
  readonly workspace?: string;
  readonly clientId?: string;
  readonly appId?: string;
  /** Client secret or personal access token, kept as it was given. */
  readonly secret?: string;
}

/** A project's record of its repository. */
export interface ProjectBindingRecord {
  readonly projectKey: string;
  /** Key of the DevOps platform record; null on Cloud. */
  readonly setting: string | null;
  /** As the server stores it: slug, project key of Bitbucket Data Center, or `workspace/slug` on Cloud. */
  readonly repository: string;
  readonly slug: string | null;
  readonly monorepo: boolean;
}

/** A request that would change something; secrets are left out. */
export interface WriteRecord {
  readonly at: number;
  readonly method: string;
  /** Behind the base URL, such as `/api/projects/create`. */
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly status: number;
}
