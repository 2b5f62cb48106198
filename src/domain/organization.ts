import type { OrganizationPlatform, OrganizationRefusal } from '../contracts/organizations';

const longestKey = 255;

/** A key made of a name by the rules of SonarQube Cloud: lowercase letters, digits and single hyphens between them. */
export function suggestKey(name: string): string {
  const key = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, longestKey)
    .replace(/-+$/, '');
  return key === '' ? 'workspace' : key;
}

/** What is wrong with a key, in a sentence; `undefined` when Cloud takes its form. */
export function findKeyProblem(key: string): string | undefined {
  if (key === '') return 'Enter a key.';
  if (key.length > longestKey) return `A key has at most ${longestKey} characters.`;
  return /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(key)
    ? undefined
    : 'A key has only lowercase letters, digits and single hyphens between them.';
}

export interface OrganizationExtras {
  readonly description?: string | undefined;
  readonly avatar?: string | undefined;
  readonly url?: string | undefined;
}

/** What is wrong with the optional facts of a new organization; `undefined` when nothing is. */
export function findExtrasProblem({ description, avatar, url }: OrganizationExtras) {
  if ((description?.length ?? 0) > 256) return 'The description has at most 256 characters.';
  for (const [what, text] of [
    ['avatar', avatar],
    ['page', url],
  ] as const) {
    if (text === undefined || text === '') continue;
    if (text.length > 256) return `The address of the ${what} has at most 256 characters.`;
    if (!URL.canParse(text) || new URL(text).protocol !== 'https:') {
      return `The address of the ${what} starts with https://.`;
    }
  }
  return undefined;
}

const hosts: readonly (readonly [RegExp, OrganizationPlatform['kind']])[] = [
  [/(?:^|\.)bitbucket\.org$/i, 'bitbucket'],
  [/(?:^|\.)github\.com$/i, 'github'],
  [/(?:^|\.)gitlab\.com$/i, 'gitlab'],
  [/(?:^|\.)(?:azure\.com|visualstudio\.com)$/i, 'azure'],
];

/** The platform by the address that Cloud gives for it; the slug tells whether it is this workspace. */
export function toPlatform(almUrl: string, workspaceSlug: string): OrganizationPlatform {
  const url = URL.canParse(almUrl) ? new URL(almUrl) : undefined;
  const kind = hosts.find(([host]) => url && host.test(url.hostname))?.[1] ?? 'unknown';
  const slug = url?.pathname.split('/')[1] ?? '';
  return {
    kind,
    url: almUrl,
    isThisWorkspace: kind === 'bitbucket' && slug.toLowerCase() === workspaceSlug.toLowerCase(),
  };
}

const platformNames: Readonly<Record<OrganizationPlatform['kind'], string>> = {
  bitbucket: 'Bitbucket',
  github: 'GitHub',
  gitlab: 'GitLab',
  azure: 'Azure DevOps',
  unknown: 'another platform',
};

/** Why a binding can be neither changed nor removed: Cloud lets nobody do it for these platforms (sonarqube.md 11). */
export function findFixedReason(platform: OrganizationPlatform | undefined): string | undefined {
  if (platform?.kind !== 'gitlab' && platform?.kind !== 'azure') return undefined;
  return `The organization belongs to ${platformNames[platform.kind]}. SonarQube Cloud lets nobody unbind or change such an organization; use a second organization for this workspace.`;
}

/** What keeps the workspace from being bound to an organization; `undefined` when nothing does. */
export function findRefusal(organization: {
  readonly key: string;
  readonly isAdmin: boolean;
  readonly platform: OrganizationPlatform | undefined;
  /** Name of the connection that has it already. */
  readonly usedBy: string | undefined;
}): OrganizationRefusal | undefined {
  const { key, isAdmin, platform, usedBy } = organization;
  if (platform && platform.kind !== 'bitbucket') {
    return {
      code: 'boundElsewhere',
      message: `"${key}" is bound to ${platformNames[platform.kind]}. One organization serves one platform.`,
      nextStep: 'Create a second organization for this workspace.',
    };
  }
  if (platform && !platform.isThisWorkspace) {
    return {
      code: 'boundToOtherWorkspace',
      message: `"${key}" is bound to another Bitbucket workspace, ${platform.url}.`,
      nextStep: 'Choose the organization of this workspace, or create one.',
    };
  }
  if (usedBy !== undefined) {
    return {
      code: 'usedByOtherConnection',
      message: `"${key}" is used by the connection "${usedBy}" already.`,
      nextStep: 'Use that connection.',
    };
  }
  if (!isAdmin) {
    return {
      code: 'noAdministrator',
      message: `The account of the token does not administer "${key}".`,
      nextStep: 'Ask somebody who does for access, or connect with their token.',
    };
  }
  return undefined;
}

/** Another installation's webhook was found; binding anyway needs a person's word. */
export function usedByOtherInstallation(key: string): OrganizationRefusal {
  return {
    code: 'usedByOtherInstallation',
    message: `"${key}" tells another installation of Gatehouse about its analyses, of another workspace or an earlier one.`,
    nextStep: 'Take it over when that installation is not needed any more.',
  };
}
