import type { Language } from '../rules/rule';

const LANGUAGE_OF: Readonly<Record<string, Language>> = {
  js: 'js',
  jsx: 'js',
  mjs: 'js',
  cjs: 'js',
  ts: 'ts',
  tsx: 'ts',
  mts: 'ts',
  cts: 'ts',
  json: 'json',
  jsonc: 'json',
  css: 'css',
};

/** Folders and files that hold what a tool wrote or others made. SonarQube's analyser of JavaScript leaves out the same. */
const EXCLUDED: readonly { readonly pattern: RegExp; readonly reason: string }[] = [
  {
    pattern: /(?:^|\/)(?:node_modules|bower_components|jspm_packages|vendor|external)\//u,
    reason: 'code of others',
  },
  { pattern: /(?:^|\/)(?:dist|coverage|\.next|\.nuxt|\.yarn)\//u, reason: 'output of a tool' },
  { pattern: /[.-]min\.(?:js|cjs|mjs|css)$/u, reason: 'minified' },
  {
    pattern: /(?:^|\/)(?:package-lock|npm-shrinkwrap|composer\.lock|pnpm-lock)\.json$/u,
    reason: 'lock file',
  },
  { pattern: /\.(?:map|snap)$/u, reason: 'output of a tool' },
];

/** The last part of a file's name after its dot, in lower case; the name itself where there is none. */
export function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return (dot > 0 ? name.slice(dot + 1) : name).toLowerCase();
}

/** The analyser's language for a path, or `undefined` when none of the analysers knows it. */
export function findLanguage(path: string): Language | undefined {
  return LANGUAGE_OF[extensionOf(path)];
}

/** Why a file is left out of the analysis although its language is known, or `undefined`. */
export function findExclusion(path: string): string | undefined {
  return EXCLUDED.find(({ pattern }) => pattern.test(path))?.reason;
}

/** Files that their tools read as JSON with comments. */
export function allowsComments(path: string): boolean {
  return (
    path.endsWith('.jsonc') ||
    /(?:^|\/)(?:[tj]sconfig[^/]*|api-extractor|\.?eslintrc|\.babelrc|\.swcrc|devcontainer|\.devcontainer|language-configuration)\.json$/u.test(
      path,
    ) ||
    /(?:^|\/)\.(?:vscode|devcontainer)\//u.test(path)
  );
}
