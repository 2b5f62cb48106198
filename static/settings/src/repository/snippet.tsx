import type { RepositoryOverview, SnippetLanguage } from '@contracts/repository';
import { useState } from 'react';
import { call } from '../../../shared/bridge/call';
import { CopyText } from '../copy-text';
import { FailureNotice } from '../failure-notice';
import { useLoaded } from '../use-loaded';

const languageTexts: Readonly<Record<SnippetLanguage, string>> = {
  javascript: 'JavaScript or TypeScript',
  maven: 'Java with Maven',
  gradle: 'Java or Kotlin with Gradle',
  dotnet: '.NET',
  python: 'Python',
  go: 'Go',
  php: 'PHP',
  cfamily: 'C or C++',
};
const languages = Object.keys(languageTexts) as SnippetLanguage[];

interface SnippetProps {
  readonly repositoryUuid: string;
  readonly overview: RepositoryOverview;
}

/** A pipeline that analyses a bound project, ready to copy; nothing is written to the repository. */
export function Snippet({ repositoryUuid, overview }: SnippetProps) {
  const projects = overview.projects.filter(({ state }) => state === 'bound');
  const [index, setIndex] = useState(0);
  const [language, setLanguage] = useState<SnippetLanguage>();
  const project = projects[index] ?? projects[0];
  if (!project) return null;

  const address = {
    repositoryUuid,
    connectionId: project.connectionId,
    projectKey: project.projectKey,
  };
  return (
    <section className="section" aria-labelledby="snippet-heading">
      <h2 id="snippet-heading">Analyse in Bitbucket Pipelines</h2>
      <div className="field">
        <label htmlFor="snippet-project">Project to analyse</label>
        <select
          id="snippet-project"
          className="input"
          value={String(projects.indexOf(project))}
          onChange={(event) => {
            setIndex(Number(event.currentTarget.value));
            setLanguage(undefined);
          }}
        >
          {projects.map(({ connectionId, projectKey, projectName }, at) => (
            <option key={`${connectionId} ${projectKey}`} value={String(at)}>
              {projectName}
            </option>
          ))}
        </select>
      </div>
      <SnippetText address={address} language={language} onLanguage={setLanguage} />
    </section>
  );
}

interface SnippetTextProps {
  readonly address: {
    readonly repositoryUuid: string;
    readonly connectionId: string;
    readonly projectKey: string;
  };
  /** Absent while the detected one is asked for. */
  readonly language: SnippetLanguage | undefined;
  readonly onLanguage: (language: SnippetLanguage) => void;
}

function SnippetText({ address, language, onLanguage }: SnippetTextProps) {
  const { connectionId, projectKey } = address;
  const snippet = useLoaded(`${connectionId} ${projectKey} ${language ?? ''}`, () =>
    call('repository.snippet', { ...address, ...(language && { language }) }),
  );
  const chosen = language ?? snippet.value?.language;
  return (
    <>
      <div className="field">
        <label htmlFor="snippet-language">Language</label>
        <select
          id="snippet-language"
          className="input"
          value={chosen ?? ''}
          onChange={(event) => onLanguage(event.currentTarget.value as SnippetLanguage)}
        >
          {!chosen && <option value="">Not detected</option>}
          {languages.map((each) => (
            <option key={each} value={each}>
              {languageTexts[each]}
            </option>
          ))}
        </select>
      </div>
      {snippet.failure && <FailureNotice failure={snippet.failure} onRetry={snippet.reload} />}
      {snippet.isRunning && <p className="hint">Writing the pipeline…</p>}
      {snippet.value && (
        <>
          <CopyText id="snippet-yaml" label="bitbucket-pipelines.yml" text={snippet.value.yaml} />
          <h3>What is left to do</h3>
          <ol>
            {snippet.value.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </>
      )}
    </>
  );
}
