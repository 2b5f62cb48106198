import type { SnippetLanguage } from '../../contracts/repository';
import { toDotnet, toGradle, toMaven } from './built';
import { yamlText } from './quoting';
import { toCFamily, toScanned } from './scanned';
import type { Recipe, SnippetTarget } from './target';

const recipes: Readonly<Record<SnippetLanguage, (target: SnippetTarget) => Recipe>> = {
  javascript: toScanned,
  python: toScanned,
  go: toScanned,
  php: toScanned,
  maven: toMaven,
  gradle: toGradle,
  dotnet: toDotnet,
  cfamily: toCFamily,
};

export interface PipelineSnippet {
  readonly yaml: string;
  readonly steps: readonly string[];
}

/** A bitbucket-pipelines.yml that analyses pull requests and the main branch, and what to do with it. */
export function makePipelineSnippet(
  language: SnippetLanguage,
  target: SnippetTarget,
): PipelineSnippet {
  const { image, script, hints = [] } = recipes[language](target);
  const lines = [
    `image: ${yamlText(image)}`,
    // Without the whole history, no line has an author or a date.
    'clone:',
    '  depth: full',
    'definitions:',
    '  steps:',
    '    - step: &analysis',
    '        name: SonarQube analysis',
    ...toCondition(target),
    '        script:',
    ...script.map((line) => `          - ${yamlText(line)}`),
    'pipelines:',
    '  pull-requests:',
    "    '**':",
    '      - step: *analysis',
    '  branches:',
    `    ${yamlText(target.mainBranch)}:`,
    '      - step: *analysis',
  ];
  return {
    yaml: `${lines.join('\n')}\n`,
    steps: [
      'Create a token on the analysis server that may analyse this project. Nothing of Bitbucket is needed: no app password, no API token.',
      'Add it in Bitbucket as a secured repository or workspace variable with the name SONAR_TOKEN.',
      ...hints,
      'Save this as bitbucket-pipelines.yml at the root of the repository, or add its step to the file that is there.',
    ],
  };
}

function toCondition({ pathScope }: SnippetTarget): string[] {
  if (pathScope === undefined) return [];
  return [
    '        condition:',
    '          changesets:',
    '            includePaths:',
    `              - ${yamlText(`${pathScope}/**`)}`,
  ];
}
