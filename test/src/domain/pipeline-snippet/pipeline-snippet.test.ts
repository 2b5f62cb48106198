import * as fc from 'fast-check';
import { parse } from 'yaml';
import * as z from 'zod';
import { SnippetLanguage } from '../../../../src/contracts/repository';
import { detectLanguage } from '../../../../src/domain/pipeline-snippet/detect-language';
import { makePipelineSnippet } from '../../../../src/domain/pipeline-snippet/pipeline-snippet';

const target = {
  projectKey: 'acme:shop',
  hostUrl: 'https://sonarcloud.io',
  organizationKey: 'acme',
  mainBranch: 'main',
};
const languages = SnippetLanguage.options;

const Step = z.strictObject({
  name: z.string(),
  condition: z
    .strictObject({ changesets: z.strictObject({ includePaths: z.array(z.string()).min(1) }) })
    .optional(),
  script: z.array(z.string()).min(1),
});
const Steps = z.array(z.strictObject({ step: Step })).min(1);

/** The documented parts of a pipelines file that a snippet uses, and no other. */
const Pipelines = z.strictObject({
  image: z.string(),
  clone: z.strictObject({ depth: z.literal('full') }),
  definitions: z.strictObject({ steps: Steps }),
  pipelines: z.strictObject({
    'pull-requests': z.record(z.string(), Steps),
    branches: z.record(z.string(), Steps),
  }),
});

/** Words of a line of shell that are in single quotes. */
function quotedWords(line: string): string[] {
  return [...line.matchAll(/'[^']*'(?:\\''[^']*')*/gu)].map(([word]) =>
    word.slice(1, -1).replaceAll(`'\\''`, "'"),
  );
}

describe('the pipeline snippet', () => {
  it.each(languages)('[I8] analyses pull requests and the main branch of %s', (language) => {
    const { yaml, steps } = makePipelineSnippet(language, target);

    const { pipelines } = Pipelines.parse(parse(yaml));
    expect(Object.keys(pipelines['pull-requests'])).toEqual(['**']);
    expect(Object.keys(pipelines.branches)).toEqual(['main']);
    expect(steps.join(' ')).toContain('SONAR_TOKEN');
    expect(yaml).toMatchSnapshot();
  });

  it.each(languages)('[I8] carries any key, host and folder unharmed in %s', (language) => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'binary' }), fc.webUrl(), (text, hostUrl) => {
        const { yaml } = makePipelineSnippet(language, {
          ...target,
          projectKey: text,
          pathScope: text,
          hostUrl,
        });

        const { pipelines } = Pipelines.parse(parse(yaml));
        const step = pipelines['pull-requests']['**']?.[0]?.step;
        const words = step?.script.flatMap(quotedWords) ?? [];
        const isDotnet = language === 'dotnet';
        expect(words).toContain(isDotnet ? `/k:${text}` : `-Dsonar.projectKey=${text}`);
        expect(words).toContain(`${isDotnet ? '/d:' : '-D'}sonar.host.url=${hostUrl}`);
        expect(words.some((word) => word === text || word.endsWith(`BaseDir=${text}`))).toBe(true);
        expect(step?.condition?.changesets.includePaths).toEqual([`${text}/**`]);
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ['TypeScript', 'javascript'],
    ['java', 'maven'],
    ['c#', 'dotnet'],
    ['', undefined],
    ['constructor', undefined],
  ])('[I8] takes the language %s of Bitbucket for %s', (reported, language) => {
    expect(detectLanguage(reported)).toBe(language);
  });
});
