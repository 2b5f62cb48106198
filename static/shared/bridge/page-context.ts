/** What a page takes from the platform's context. It is for display and for naming what the page is about. */
export interface PageContext {
  readonly module: 'card' | 'panel' | 'action' | 'repositoryCard';
  /** The page is about the whole workspace. */
  readonly isWorkspacePage: boolean;
  /** With braces, as Bitbucket writes it; absent when the context names no repository. */
  readonly repositoryUuid: string | undefined;
  /** Absent when the context names no pull request. */
  readonly claim: { readonly repositoryUuid: string; readonly pullRequestId: number } | undefined;
  /** Address of the pull request on Bitbucket, without a slash at its end; absent when the context does not tell. */
  readonly pullRequestUrl: string | undefined;
  /** Address of the page on Bitbucket; absent when the context does not tell. */
  readonly location: string | undefined;
  readonly locale: string;
  readonly timeZone: string | undefined;
  /** The product's mode where it is settled; `undefined` when it follows the system or is not told. */
  readonly colorMode: 'light' | 'dark' | undefined;
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function toRepositoryUuid(extension: unknown): string | undefined {
  const uuid = text(member(member(extension, 'repository'), 'uuid'));
  return uuid && `{${uuid.replace(/[{}]/g, '')}}`;
}

function toClaim(extension: unknown): PageContext['claim'] {
  const repositoryUuid = toRepositoryUuid(extension);
  const id = Number(member(member(extension, 'pullRequest'), 'id'));
  if (repositoryUuid === undefined || !Number.isInteger(id) || id < 1) return undefined;
  return { repositoryUuid, pullRequestId: id };
}

function toPullRequestUrl(extension: unknown): string | undefined {
  const location = text(member(extension, 'location')) ?? '';
  return /^https?:\/\/[^?#]+\/pull-requests\/\d+(?=[/?#]|$)/.exec(location)?.[0];
}

function toModule(names: string): PageContext['module'] {
  if (/repository-?card|CodeOverviewCard/i.test(names)) return 'repositoryCard';
  if (/action/i.test(names)) return 'action';
  return /panel/i.test(names) ? 'panel' : 'card';
}

/** Reads the platform's context; unknown or missing members never throw, since it comes from outside. */
export function parsePageContext(context: unknown): PageContext {
  const extension = member(context, 'extension');
  const colorMode = member(member(context, 'theme'), 'colorMode');
  const module = `${text(member(context, 'moduleKey')) ?? ''} ${text(member(extension, 'type')) ?? ''}`;
  return {
    module: toModule(module),
    isWorkspacePage: /workspace-?settings/i.test(module),
    repositoryUuid: toRepositoryUuid(extension),
    claim: toClaim(extension),
    pullRequestUrl: toPullRequestUrl(extension),
    location: text(member(extension, 'location')),
    locale: text(member(context, 'locale')) ?? 'en',
    timeZone: text(member(context, 'timezone')),
    colorMode: colorMode === 'light' || colorMode === 'dark' ? colorMode : undefined,
  };
}
