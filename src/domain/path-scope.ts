export type CheckedPathScope =
  | { readonly ok: true; readonly pathScope: string | undefined }
  | { readonly ok: false; readonly problem: string };

/**
 * Judges the folder of a monorepo that a person typed for a project: relative to the root of the repository, without
 * slashes at its ends; nothing stands for the whole repository.
 */
export function checkPathScope(text: string | undefined): CheckedPathScope {
  const trimmed = (text ?? '')
    .trim()
    .replaceAll('\\', '/')
    .replace(/^(?:\.?\/)+|\/+$/g, '');
  if (trimmed === '' || trimmed === '.') return { ok: true, pathScope: undefined };
  const folders = trimmed.split('/');
  if (folders.some((folder) => folder === '' || folder === '.' || folder === '..')) {
    return {
      ok: false,
      problem: 'The folder must be a path inside the repository, such as services/shop.',
    };
  }
  return { ok: true, pathScope: folders.join('/') };
}
