import { listPaths } from './tree';

const languageByExtension: Readonly<Record<string, string>> = {
  c: 'c',
  cpp: 'c++',
  cs: 'c#',
  css: 'html/css',
  dart: 'dart',
  go: 'go',
  html: 'html/css',
  java: 'java',
  js: 'javascript',
  jsx: 'javascript',
  kt: 'kotlin',
  mjs: 'javascript',
  php: 'php',
  py: 'python',
  rb: 'ruby',
  rs: 'rust',
  scala: 'scala',
  sh: 'shell',
  swift: 'swift',
  ts: 'typescript',
  tsx: 'typescript',
};

/** The language with the most files in a commit, in Bitbucket's spelling; empty when none is known. */
export async function detectLanguage(folder: string, commit: string): Promise<string> {
  const counts = new Map<string, number>();
  for (const path of await listPaths(folder, commit)) {
    const extension = /\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase() ?? '';
    const language = languageByExtension[extension];
    if (language !== undefined) counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  const [first] = [...counts].sort((a, b) => b[1] - a[1]);
  return first?.[0] ?? '';
}
