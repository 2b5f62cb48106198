import { useState } from 'react';
import { call } from '../../../shared/bridge/call';
import { Button } from '../button';
import { FailureNotice } from '../failure-notice';
import { TextField } from '../text-field';
import { useAction } from '../use-action';
import { ManualProject } from './manual-project';
import { ProjectPicker } from './project-picker';
import type { SectionProps } from './section-props';

/** The project that a person chose, by search or by hand. */
export interface ChosenProject {
  readonly connectionId: string;
  readonly projectKey: string;
  readonly projectName?: string | undefined;
}

/** Binds one more project, chosen from a list or entered by hand. */
export function BindProject({ repositoryUuid, overview, onChanged }: SectionProps) {
  const [way, setWay] = useState<'search' | 'byHand'>('search');
  const [chosen, setChosen] = useState<ChosenProject>();
  const [pathScope, setPathScope] = useState('');
  const bind = useAction();

  if (overview.connections.length === 0) {
    return (
      <section className="section" aria-labelledby="bind-heading">
        <h2 id="bind-heading">Bind a project</h2>
        <p>
          There is no connection to an analysis server yet. Ask a workspace administrator to connect
          one.
        </p>
      </section>
    );
  }

  function onBind(project: ChosenProject): void {
    bind.run(async () => {
      const folder = pathScope.trim();
      const changed = await call('repository.bind', {
        repositoryUuid,
        connectionId: project.connectionId,
        projectKey: project.projectKey,
        ...(folder !== '' && { pathScope: folder }),
      });
      setChosen(undefined);
      setPathScope('');
      onChanged(changed, `"${project.projectName ?? project.projectKey}" is bound.`);
    });
  }

  return (
    <section className="section" aria-labelledby="bind-heading">
      <h2 id="bind-heading">Bind a project</h2>
      <fieldset>
        <legend>How do you want to find it?</legend>
        <div className="row start">
          {(['search', 'byHand'] as const).map((each) => (
            <label key={each}>
              <input
                type="radio"
                name="way"
                checked={way === each}
                onChange={() => {
                  setWay(each);
                  setChosen(undefined);
                }}
              />{' '}
              {each === 'search' ? 'Search the server' : 'Enter it by hand'}
            </label>
          ))}
        </div>
      </fieldset>
      {way === 'search' ? (
        <ProjectPicker
          repositoryUuid={repositoryUuid}
          connections={overview.connections}
          chosen={chosen}
          onChoose={setChosen}
        />
      ) : (
        <ManualProject
          repositoryUuid={repositoryUuid}
          overview={overview}
          chosen={chosen}
          onChoose={setChosen}
        />
      )}
      <TextField
        id="path-scope"
        label="Folder (optional)"
        hint="For a monorepo: the folder that this project covers, such as services/shop."
        value={pathScope}
        onInput={setPathScope}
      />
      {bind.failure && <FailureNotice failure={bind.failure} />}
      {chosen ? (
        <div className="row start">
          <Button look="primary" isRunning={bind.isRunning} onClick={() => onBind(chosen)}>
            Bind {chosen.projectName ?? chosen.projectKey}
          </Button>
        </div>
      ) : (
        <p className="hint">Choose a project to bind it.</p>
      )}
    </section>
  );
}
