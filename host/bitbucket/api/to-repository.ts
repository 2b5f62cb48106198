import type { RepositoryRecord } from '../records';
import type { Account, Live, Repository, Schemas } from '../published';
import type { Person } from '../people';
import { findProject } from '../projects';
import { restTimestamp } from '../timestamps';
import { withBraces } from '../uuids';
import type { ApiContext } from './call';
import { apiLink, webLink } from './links';

export function toAccount(person: Person): Account {
  return {
    type: 'user',
    uuid: person.uuid,
    account_id: person.accountId,
    display_name: person.displayName,
    nickname: person.nickname,
    links: { avatar: webLink('account', person.uuid, 'avatar') },
  };
}

export function toWorkspace({ workspace }: ApiContext): Live<Schemas['workspace']> {
  return {
    type: 'workspace',
    uuid: withBraces(workspace.uuid),
    slug: workspace.slug,
    name: workspace.name,
    is_private: true,
    links: { self: apiLink('workspaces', workspace.slug), html: webLink(workspace.slug) },
  };
}

/** The form in which a repository stands inside other objects. */
export function toEmbeddedRepository(
  context: ApiContext,
  repository: Pick<RepositoryRecord, 'uuid' | 'slug' | 'name'>,
  ownerSlug: string = context.workspace.slug,
): Repository {
  return {
    type: 'repository',
    uuid: repository.uuid,
    slug: repository.slug,
    name: repository.name,
    full_name: `${ownerSlug}/${repository.slug}`,
    links: {
      self: apiLink('repositories', ownerSlug, repository.slug),
      html: webLink(ownerSlug, repository.slug),
    },
  };
}

export function toRepository(context: ApiContext, repository: RepositoryRecord): Repository {
  const { slug: workspaceSlug } = context.workspace;
  const path = ['repositories', workspaceSlug, repository.slug];
  const embedded = toEmbeddedRepository(context, repository);
  const { key, uuid, name } = findProject(context.projects, repository.projectKey);
  return {
    ...embedded,
    scm: 'git',
    description: '',
    is_private: repository.isPrivate,
    language: repository.language,
    ...(repository.sizeBytes !== undefined && { size: repository.sizeBytes }),
    fork_policy: repository.isPrivate ? 'no_public_forks' : 'allow_forks',
    parent: null,
    mainbranch:
      repository.mainBranch === null ? null : { type: 'branch', name: repository.mainBranch },
    workspace: toWorkspace(context),
    project: { type: 'project', key, uuid, name },
    created_on: restTimestamp(repository.createdAt),
    updated_on: restTimestamp(repository.updatedAt),
    links: {
      ...embedded.links,
      pullrequests: apiLink(...path, 'pullrequests'),
      commits: apiLink(...path, 'commits'),
    },
  };
}
