import {
  findExtrasProblem,
  findKeyProblem,
  suggestKey,
  type OrganizationExtras,
} from '../../domain/organization';
import type { BitbucketAsApp } from '../../domain/ports/bitbucket';
import type { Connection } from '../../domain/connection';
import { AppError } from '../../errors/app-error';
import {
  RemoteForbiddenError,
  RemoteNotFoundError,
  RemoteRejectedError,
} from '../../errors/remote-errors';
import { asking, openCloud, type OpenOrganizationsOptions } from './open-organizations';

export interface CreateOrganizationOptions extends OpenOrganizationsOptions {
  readonly bitbucket: BitbucketAsApp;
}

interface KeyInput {
  readonly connectionId: string;
  readonly organizationKey: string;
}

export interface CreateOrganization {
  /** Name and key after the workspace; the key may be taken. */
  suggest(workspaceUuid: string): Promise<{ readonly name: string; readonly key: string }>;
  checkKey(input: KeyInput): Promise<{
    readonly isFree: boolean;
    readonly isTaken: boolean;
    readonly message: string;
  }>;
  /** @throws {AppError} INVALID_INPUT or CONFLICT in the words of `checkKey`, FORBIDDEN where Cloud lets no app do it. */
  create(input: KeyInput & OrganizationExtras & { readonly name: string }): Promise<Connection>;
  lostAdministrator(
    input: KeyInput & { readonly workspaceUuid: string },
  ): Promise<{ readonly people: readonly string[]; readonly message: string }>;
}

/** Makes organizations, with a key that is checked while it is typed. */
export function createCreateOrganization(options: CreateOrganizationOptions): CreateOrganization {
  const { bitbucket } = options;

  return {
    suggest: (workspaceUuid) =>
      asking(async () => {
        const { name, slug } = await bitbucket.readWorkspace(workspaceUuid);
        return { name, key: suggestKey(slug) };
      }),

    checkKey: ({ connectionId, organizationKey }) =>
      asking(async () => {
        const problem = findKeyProblem(organizationKey);
        if (problem !== undefined) return { isFree: false, isTaken: false, message: problem };
        const { organizations } = await openCloud(options, connectionId);
        return (await organizations.find(organizationKey))
          ? { isFree: false, isTaken: true, message: taken(organizationKey) }
          : { isFree: true, isTaken: false, message: `"${organizationKey}" is free.` };
      }),

    create: ({ connectionId, organizationKey: key, name, description, avatar, url }) =>
      asking(async () => {
        const given = withoutEmpty({ description, avatar, url });
        const problem =
          findKeyProblem(key) ??
          (name.trim() === '' ? 'Enter a name.' : undefined) ??
          findExtrasProblem(given);
        if (problem !== undefined) throw new AppError('INVALID_INPUT', problem);
        const { connection, organizations } = await openCloud(options, connectionId);
        try {
          await organizations.create({ key, name: name.trim(), ...given });
        } catch (error) {
          if (error instanceof RemoteRejectedError) {
            throw new AppError('CONFLICT', taken(key), { cause: error });
          }
          const isClosed =
            error instanceof RemoteForbiddenError || error instanceof RemoteNotFoundError;
          if (!isClosed) throw error;
          throw new AppError(
            'FORBIDDEN',
            'SonarQube Cloud does not let this token make organizations. Make it on its pages, under "Create new organization", and choose it here.',
            { cause: error },
          );
        }
        return connection;
      }),

    lostAdministrator: ({ connectionId, organizationKey, workspaceUuid }) =>
      asking(async () => {
        const { connection, organizations } = await openCloud(options, connectionId);
        const [people, { name }] = await Promise.all([
          organizations.listMembers(organizationKey),
          bitbucket.readWorkspace(workspaceUuid),
        ]);
        return {
          people,
          message: `Hello, the Bitbucket workspace "${name}" is to show the quality gates of the organization "${organizationKey}" on ${connection.url}. Please give my account the permission "Administer Organization" (Administration, Permissions), or make a token of an administrator, which we would enter in the settings of Gatehouse.`,
        };
      }),
  };
}

function taken(key: string): string {
  return `The key "${key}" is taken. Choose another one, or bind that organization when it is yours.`;
}

function withoutEmpty({ description, avatar, url }: OrganizationExtras): OrganizationExtras {
  const toGiven = (text: string | undefined) => text?.trim() || undefined;
  return { description: toGiven(description), avatar: toGiven(avatar), url: toGiven(url) };
}
