import type { SnippetLanguage } from '../../contracts/repository';

const known: Readonly<Record<string, SnippetLanguage>> = {
  javascript: 'javascript',
  typescript: 'javascript',
  java: 'maven',
  kotlin: 'gradle',
  groovy: 'gradle',
  'c#': 'dotnet',
  'visual basic': 'dotnet',
  'f#': 'dotnet',
  python: 'python',
  go: 'go',
  php: 'php',
  c: 'cfamily',
  'c++': 'cfamily',
  'objective-c': 'cfamily',
};

/** The language that Bitbucket says a repository is in; `undefined` for none that there is a snippet for. */
export function detectLanguage(reported: string | undefined): SnippetLanguage | undefined {
  const word = reported?.toLowerCase() ?? '';
  return Object.hasOwn(known, word) ? known[word] : undefined;
}
