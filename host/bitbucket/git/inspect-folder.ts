import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { GitError, readGit } from './run-git';

/** What a folder is to the stand-in: a readable git repository, or the sentence that says why not. */
export type Inspection =
  | { readonly kind: 'repository'; readonly isShallow: boolean }
  | { readonly kind: 'problem'; readonly problem: string };

/** The real path of a folder, or the path itself where there is none to resolve. */
export async function realPathOf(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}

/** Tells whether git can read the folder as a repository of its own; never throws. */
export async function inspectFolder(path: string): Promise<Inspection> {
  try {
    if (!(await stat(path)).isDirectory())
      return problem(`"${path}" is a file; give the folder of a git repository.`);
    await access(path, constants.R_OK | constants.X_OK);
  } catch (error) {
    return problem(folderProblem(path, error));
  }
  try {
    return await inspectRepository(path);
  } catch (error) {
    return problem(gitProblem(path, error));
  }
}

async function inspectRepository(path: string): Promise<Inspection> {
  // The folder comes last, for it may hold line ends of its own.
  const questions = [
    '--is-bare-repository',
    '--is-inside-git-dir',
    '--is-shallow-repository',
    '--show-object-format',
    '--absolute-git-dir',
  ];
  const answers = (await readGit(path, ['rev-parse', ...questions])).split('\n');
  const [isBare, isInGitFolder, isShallow, objectFormat = ''] = answers;
  const gitFolder = stripNewline(answers.slice(4).join('\n'));
  if (isBare === 'true') {
    if ((await realPathOf(gitFolder)) !== path) return problem(insideOther(path, gitFolder));
  } else if (isInGitFolder === 'true') {
    return problem(`"${path}" is the inside of a git repository; give the folder that holds it.`);
  } else {
    const root = await realPathOf(
      stripNewline(await readGit(path, ['rev-parse', '--show-toplevel'])),
    );
    if (root !== path) return problem(insideOther(path, root));
  }
  if (objectFormat !== 'sha1')
    return problem(`"${path}" uses ${objectFormat} object names; Bitbucket knows only sha1.`);
  return { kind: 'repository', isShallow: isShallow === 'true' };
}

/** The sentence for a folder that the file system does not let us into. */
export function folderProblem(path: string, error: unknown): string {
  const code =
    typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return `There is no folder "${path}"; check the path.`;
  if (code === 'EACCES' || code === 'EPERM')
    return `The folder "${path}" may not be read; give its reader the permission, or start as another user.`;
  return `The folder "${path}" cannot be opened (${typeof code === 'string' ? code : String(error)}).`;
}

/** The sentence for a folder that git cannot make sense of. */
export function gitProblem(path: string, error: unknown): string {
  if (error instanceof GitError && error.kind !== 'failed') return error.message;
  const reason = error instanceof GitError ? error.stderr : String(error);
  if (/not a git repository/i.test(reason))
    return `"${path}" is not a git repository; run "git init" in it or give another folder.`;
  const firstLine =
    reason
      .trim()
      .split('\n')[0]
      ?.replace(/^(fatal|error): /, '') ?? '';
  return `git cannot read "${path}": ${firstLine}.`;
}

function insideOther(path: string, root: string): string {
  return `"${path}" lies inside the git repository "${root}"; give that folder.`;
}

function problem(sentence: string): Inspection {
  return { kind: 'problem', problem: sentence };
}

/** Paths may end in white space of their own; only the line end is git's. */
function stripNewline(text: string): string {
  return text.endsWith('\n') ? text.slice(0, -1) : text;
}
