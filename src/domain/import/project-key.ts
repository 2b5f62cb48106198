const longestKey = 400;
/** Letters, digits, `-`, `_`, `.` and `:` (sonarqube.md 5). */
const forbidden = /[^A-Za-z0-9_.:-]+/g;
const uuidDigits = 8;

/**
 * The key that the project of a repository gets: the prefix and the slug. Where that has characters that no key has, is
 * too long or is only digits, eight digits of the repository's UUID follow, so that no two repositories get one key.
 */
export function proposeProjectKey(
  prefix: string,
  { slug, repositoryUuid }: { readonly slug: string; readonly repositoryUuid: string },
): string {
  const whole = `${prefix}${slug}`;
  const legal = whole.replaceAll(forbidden, '-');
  if (legal === whole && findProjectKeyProblem(legal) === undefined) return legal;
  const suffix = `-${repositoryUuid.replaceAll('-', '').slice(0, uuidDigits)}`;
  return `${legal.slice(0, longestKey - suffix.length)}${suffix}`;
}

/** What is wrong with a key, in a sentence; `undefined` when servers take its form. */
export function findProjectKeyProblem(key: string): string | undefined {
  if (key === '') return 'Enter a project key.';
  if (key.length > longestKey) return `A project key has at most ${longestKey} characters.`;
  if (findPrefixProblem(key) !== undefined) return findPrefixProblem(key);
  return /^\d+$/.test(key)
    ? 'A project key has at least one character that is no digit.'
    : undefined;
}

/** What is wrong with the beginning of keys, in a sentence; `undefined` when it may be one. */
export function findPrefixProblem(prefix: string): string | undefined {
  return /^[A-Za-z0-9_.:-]*$/.test(prefix)
    ? undefined
    : 'Project keys have only letters, digits and the characters "-", "_", "." and ":".';
}
