import type { GitCommit, Person } from '../git/commits';
import type { Commit, Live, Schemas } from '../published';
import type { RepositoryRecord } from '../records';
import { restTimestamp } from '../timestamps';
import type { ApiContext } from './call';
import { apiLink, webLink } from './links';
import { toAccount, toEmbeddedRepository } from './to-repository';

/** Live answers link commits; the document has no links on them. */
export type LinkedCommit = Commit & {
  readonly links: { readonly self: { href: string }; readonly html: { href: string } };
};

/** A commit with its full hash. Most authors are people of git, whom Bitbucket cannot map to a user. */
export function toCommit(
  context: ApiContext,
  repository: RepositoryRecord,
  commit: GitCommit,
): LinkedCommit {
  return {
    type: 'commit',
    hash: commit.hash,
    date: restTimestamp(Date.parse(commit.committedAt)),
    author: { type: 'author', raw: rawOf(commit.author), ...userOf(context, commit.author) },
    committer: { type: 'committer', raw: rawOf(commit.committer) },
    message: commit.message,
    summary: { raw: commit.message, markup: 'markdown', html: toHtml(commit.message) },
    parents: commit.parents.map((hash) => toParent(context, repository, hash)),
    repository: toEmbeddedRepository(context, repository),
    links: linksOf(context, repository, commit.hash),
  };
}

function toParent(context: ApiContext, repository: RepositoryRecord, hash: string) {
  const parent: Live<Schemas['base_commit']> & Pick<LinkedCommit, 'links'> = {
    type: 'commit',
    hash,
    links: linksOf(context, repository, hash),
  };
  return parent;
}

/** The form in which a commit stands inside other objects. */
export function toEmbeddedCommit(
  context: ApiContext,
  repository: RepositoryRecord,
  hash: string,
): LinkedCommit {
  return { type: 'commit', hash, links: linksOf(context, repository, hash) };
}

function linksOf({ workspace }: ApiContext, { slug }: RepositoryRecord, hash: string) {
  return {
    self: apiLink('repositories', workspace.slug, slug, 'commit', hash),
    html: webLink(workspace.slug, slug, 'commits', hash),
  };
}

/** Bitbucket maps an address to the account that owns it; here a name that somebody of the workspace has. */
function userOf({ people }: ApiContext, { name }: Person) {
  const user = people.users.find(({ displayName }) => displayName === name);
  return user ? { user: toAccount(user) } : {};
}

function rawOf({ name, email }: Person): string {
  return `${name} <${email}>`;
}

function toHtml(text: string): string {
  const escaped = text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
  return `<p>${escaped.trim()}</p>`;
}
