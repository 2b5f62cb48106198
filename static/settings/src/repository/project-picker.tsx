import type { ConnectionChoice } from '@contracts/connections';
import type { FoundProject } from '@contracts/repository';
import { useContext, useEffect, useState } from 'react';
import { Icon } from '../../../shared/components/icon';
import { Button } from '../button';
import { FailureNotice } from '../failure-notice';
import { FormatsContext } from '../formats-context';
import { TextField } from '../text-field';
import type { ChosenProject } from './bind-project';
import { useProjectSearch } from './use-project-search';

interface ProjectPickerProps {
  readonly repositoryUuid: string;
  readonly connections: readonly ConnectionChoice[];
  readonly chosen: ChosenProject | undefined;
  readonly onChoose: (project: ChosenProject | undefined) => void;
}

/** Projects of one connection, found by name and key; one page at a time. */
export function ProjectPicker(props: ProjectPickerProps) {
  const { repositoryUuid, connections, chosen, onChoose } = props;
  const formats = useContext(FormatsContext);
  const [connectionId, setConnectionId] = useState(connections[0]?.connectionId ?? '');
  const [query, setQuery] = useState('');
  const { found, isRunning, failure, more, retry } = useProjectSearch({
    repositoryUuid,
    connectionId,
    query,
  });
  // What is not in the list any more cannot stay chosen.
  useEffect(() => onChoose(undefined), [connectionId, query]);

  return (
    <>
      <div className="field">
        <label htmlFor="connection">Connection</label>
        <select
          id="connection"
          className="input"
          value={connectionId}
          onChange={(event) => setConnectionId(event.currentTarget.value)}
        >
          {connections.map(({ connectionId: id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <TextField id="query" label="Name or key" value={query} onInput={setQuery} />
      <p role="status" className="hint">
        {isRunning
          ? 'Searching…'
          : found && `${formats.count(found.total)} ${found.total === 1 ? 'project' : 'projects'}`}
      </p>
      {failure && <FailureNotice failure={failure} onRetry={retry} />}
      {found?.total === 0 && (
        <p>
          No project that the token of this connection may see has this name or key. Check the
          spelling, or ask a workspace administrator which projects the token may see.
        </p>
      )}
      {found && found.total > 0 && (
        <fieldset>
          <legend>Project</legend>
          <div className="choices">
            {found.projects.map((project) => (
              <ProjectChoice
                key={project.projectKey}
                project={project}
                isChosen={chosen?.projectKey === project.projectKey}
                onChoose={() =>
                  onChoose({
                    connectionId,
                    projectKey: project.projectKey,
                    projectName: project.name,
                  })
                }
              />
            ))}
          </div>
          {found.locked > 0 && (
            <p className="row start">
              <Icon name="prohibited" />
              <span>
                {found.locked === 1
                  ? '1 private project belongs to a repository that you may not see.'
                  : `${formats.count(found.locked)} private projects belong to repositories that you may not see.`}
              </span>
            </p>
          )}
          {found.hasMore && (
            <Button isRunning={isRunning} onClick={more}>
              Show more
            </Button>
          )}
        </fieldset>
      )}
    </>
  );
}

interface ProjectChoiceProps {
  readonly project: FoundProject;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

const boundTexts = {
  this: 'Bound to this repository. Choose it to change its folder.',
  other: 'Bound to another repository. Unbind it there first.',
} as const;

function ProjectChoice({ project, isChosen, onChoose }: ProjectChoiceProps) {
  const formats = useContext(FormatsContext);
  const { projectKey, name, visibility, lastAnalysisAt, boundTo } = project;
  const facts = [
    visibility === undefined ? undefined : visibility === 'public' ? 'Public' : 'Private',
    lastAnalysisAt === undefined
      ? 'never analysed'
      : `last analysed ${formats.dateTime(lastAnalysisAt)}`,
  ];
  return (
    <label className="choice">
      <input
        type="radio"
        name="project"
        checked={isChosen}
        disabled={boundTo === 'other'}
        onChange={onChoose}
      />
      <span>
        <span className="strong">{name}</span> <code>{projectKey}</code>
        <br />
        <span className="hint">{facts.filter(Boolean).join(', ')}</span>
        {boundTo && (
          <>
            <br />
            <span className="hint">{boundTexts[boundTo]}</span>
          </>
        )}
      </span>
    </label>
  );
}
