import type { Git } from './git';

/** Who wrote a commit, as its own header says; `undefined` when the header cannot be read. */
export async function readAuthor(
  git: Git,
  commit: string,
): Promise<{ readonly name: string; readonly email: string } | undefined> {
  const header = (await git.read(['cat-file', 'commit', commit])).toString();
  const [, name, email] = /^author (.*) <([^>\n]*)>/mu.exec(header) ?? [];
  return name === undefined || email === undefined ? undefined : { name, email };
}
