import type { RepositorySummary } from './types';

export interface CommitLine {
  readonly hash: string;
  readonly subject: string;
  readonly author: string;
  /** ISO 8601. */
  readonly date: string;
}

export interface TreeEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

export interface DiffText {
  readonly text: string;
  readonly isCut: boolean;
}

/** A pull request by its number and the commits between which it changes something. */
export interface ChangeRange {
  readonly id: number;
  readonly headCommit: string;
  readonly baseCommit: string;
}

/** What is in a repository, for the pages of the shell; what cannot be read is empty. */
export interface RepositoryContent {
  /** Commits up to this one, the newest first. */
  listCommits(
    repository: RepositorySummary,
    head: string,
    limit: number,
  ): Promise<readonly CommitLine[]>;
  /** The commits of a pull request, the newest first. */
  listOwnCommits(
    repository: RepositorySummary,
    range: ChangeRange,
    limit: number,
  ): Promise<readonly CommitLine[]>;
  /** The top folder of a commit, folders first. */
  listTopFolder(repository: RepositorySummary, commit: string): Promise<readonly TreeEntry[]>;
  /** Text of a file of a commit, cut after `maxCharacters`; `undefined` when it cannot be read. */
  readTextFile(
    repository: RepositorySummary,
    commit: string,
    path: string,
    maxCharacters: number,
  ): Promise<string | undefined>;
  /** The unified diff of a pull request, cut after `maxCharacters`; one that cannot be had is empty and cut. */
  readDiff(
    repository: RepositorySummary,
    range: ChangeRange,
    maxCharacters: number,
  ): Promise<DiffText>;
}

/** Folders first, then by name. */
export function byKindAndName(one: TreeEntry, other: TreeEntry): number {
  return Number(other.isFolder) - Number(one.isFolder) || one.name.localeCompare(other.name);
}
