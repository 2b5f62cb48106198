import type { Finding, FindingCode } from '../contracts/health';
import type { ProjectAddress } from './binding';
import type { ServerBinding } from './ports/project-bindings';
import type { FindingDraft } from './ports/stores';

/** The differences between our records, the server's and Bitbucket's (features.md B9), and of visibility (M13). */
export const driftCodes = [
  'bindingOnlyHere',
  'bindingOnlyOnServer',
  'bindingsDiffer',
  'projectGone',
  'repositoryGone',
  'organizationUnbound',
  'projectPublic',
] as const satisfies readonly FindingCode[];
export type DriftCode = (typeof driftCodes)[number];

interface Place extends ProjectAddress {
  readonly repositoryUuid: string;
}

/** A bound project as the subject of a finding: its id says everything that a repair needs. */
export function toProjectSubject(
  { repositoryUuid, connectionId, projectKey }: Place,
  repositoryName?: string,
): Finding['subject'] {
  const name = repositoryName === undefined ? projectKey : `${projectKey} in ${repositoryName}`;
  return { kind: 'project', id: [repositoryUuid, connectionId, projectKey].join(' '), name };
}

/** The place that a subject of `toProjectSubject` names. Project keys have no white space (sonarqube.md 5). */
export function toPlace({ id }: Finding['subject']): Place {
  const [repositoryUuid = '', connectionId = '', projectKey = ''] = id.split(' ');
  return { repositoryUuid, connectionId, projectKey };
}

/** What is known of one binding of ours at the other two; `undefined` members were not asked or are not there. */
export interface OtherTruths {
  /** Slug of the repository on Bitbucket; `undefined` when it is gone. */
  readonly slug: string | undefined;
  readonly hasProject: boolean;
  /** The project is seen by everybody who reaches the server, and the repository is not. */
  readonly isExposed: boolean;
  /** `notKept`: the server keeps no such records, or is not to. */
  readonly server: ServerBinding | undefined | 'notKept';
}

/** The first difference between a binding of ours and what Bitbucket and the server say. */
export function findDrift({
  slug,
  hasProject,
  isExposed,
  server,
}: OtherTruths): DriftCode | undefined {
  if (slug === undefined) return 'repositoryGone';
  if (!hasProject) return 'projectGone';
  if (isExposed) return 'projectPublic';
  if (server === 'notKept') return undefined;
  if (!server) return 'bindingOnlyHere';
  return server.isBitbucketCloud && server.repository === slug ? undefined : 'bindingsDiffer';
}

export function bindingOnlyHere(subject: Finding['subject'], problem: string): FindingDraft {
  return {
    code: 'bindingOnlyHere',
    severity: 'warning',
    subject,
    message: `The server has no record of the binding of ${subject.name}. ${problem}`,
    nextStep: 'Quality gates work all the same. Write it again when the cause is gone.',
    repair: 'Write it on the server',
  };
}

export function bindingOnlyOnServer(subject: Finding['subject']): FindingDraft {
  return {
    code: 'bindingOnlyOnServer',
    severity: 'warning',
    subject,
    message: `The server says that ${subject.name} is bound to a repository of this workspace; here it is not.`,
    nextStep:
      'Bind it here as well, or remove the binding in the settings of the project on the server.',
    repair: 'Bind it here',
  };
}

const texts: Readonly<
  Record<
    Exclude<DriftCode, 'bindingOnlyHere' | 'bindingOnlyOnServer'>,
    Pick<Finding, 'severity' | 'nextStep' | 'repair'> & { readonly what: string }
  >
> = {
  bindingsDiffer: {
    severity: 'warning',
    what: 'is bound to another repository on the server than here',
    nextStep:
      'Write the binding of here on the server, or unbind it in the settings of the repository.',
    repair: 'Write ours on the server',
  },
  projectGone: {
    severity: 'error',
    what: 'is bound, and its server has no such project any more, or the token may not see it',
    nextStep: 'Unbind it, or give the token the right to see the project.',
    repair: 'Unbind it',
  },
  repositoryGone: {
    severity: 'warning',
    what: 'is bound to a repository that was deleted or has left the workspace',
    nextStep: 'Unbind it, so that the project can be bound elsewhere.',
    repair: 'Unbind it',
  },
  projectPublic: {
    severity: 'error',
    what: 'is public on the server, and its repository is private: whoever reaches the server sees its code',
    nextStep: 'Make the project private, here or on the server under its permissions.',
    repair: 'Make it private',
  },
  organizationUnbound: {
    severity: 'error',
    what: 'is the organization of this workspace, and SonarQube Cloud does not show it to the token any more',
    nextStep: 'Rotate to a token of a member, or unbind the organization.',
    repair: undefined,
  },
};

/** A difference in words, with what repairs it. */
export function toFinding(code: DriftCode, subject: Finding['subject']): FindingDraft {
  if (code === 'bindingOnlyHere') return bindingOnlyHere(subject, '');
  if (code === 'bindingOnlyOnServer') return bindingOnlyOnServer(subject);
  const { what, ...rest } = texts[code];
  return { code, subject, message: `${subject.name} ${what}.`, ...rest };
}
