import type { BoundProjectView } from '@contracts/repository';
import { useContext, useState } from 'react';
import { ExternalLink } from '../../../shared/components/external-link';
import { Lozenge } from '../../../shared/components/lozenge';
import { Button } from '../button';
import { FormatsContext } from '../formats-context';
import type { SectionProps } from './section-props';
import { UnbindConfirmation } from './unbind-confirmation';

function keyOf({ connectionId, projectKey }: BoundProjectView): string {
  return `${connectionId} ${projectKey}`;
}

/** The projects that the repository is bound to, each with a way to unbind it. */
export function BoundProjects(props: SectionProps) {
  const { repositoryName, projects } = props.overview;
  const [unbinding, setUnbinding] = useState<string>();
  const chosen = projects.find((project) => keyOf(project) === unbinding);

  return (
    <section className="section" aria-labelledby="bound-heading">
      <h2 id="bound-heading">Bound projects</h2>
      {projects.length === 0 ? (
        <p>
          No project is bound to {repositoryName}, so its pull requests show no quality gate. Bind
          one below.
        </p>
      ) : (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Project</th>
              <th scope="col">Connection</th>
              <th scope="col">Folder</th>
              <th scope="col">State</th>
              <th scope="col">
                <span className="hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {projects.map((project) => (
              <ProjectRow
                key={keyOf(project)}
                project={project}
                onUnbind={() => setUnbinding(keyOf(project))}
              />
            ))}
          </tbody>
        </table>
      )}
      {chosen && (
        <UnbindConfirmation
          key={unbinding}
          {...props}
          project={chosen}
          onClose={() => setUnbinding(undefined)}
        />
      )}
    </section>
  );
}

interface ProjectRowProps {
  readonly project: BoundProjectView;
  readonly onUnbind: () => void;
}

function ProjectRow({ project, onUnbind }: ProjectRowProps) {
  const { projectName, projectKey, connectionName, pathScope, state, serverBinding } = project;
  const { dashboardUrl, importedAt } = project;
  const formats = useContext(FormatsContext);
  return (
    <tr>
      <td>
        {dashboardUrl === undefined ? (
          projectName
        ) : (
          <ExternalLink href={dashboardUrl} hint="opens the project on its server">
            {projectName}
          </ExternalLink>
        )}
        <br />
        <code>{projectKey}</code>
      </td>
      <td>{connectionName ?? 'This connection is gone. Unbind the project.'}</td>
      <td>{pathScope ?? 'Whole repository'}</td>
      <td>
        {state === 'bound' ? (
          <>
            <Lozenge tone="success" word="Bound" icon="check" />
            {importedAt !== undefined && (
              <p className="row start">
                <Lozenge tone="information" word="Imported" icon="information" />
                <span className="hint">on {formats.dateTime(importedAt)}</span>
              </p>
            )}
            {serverBinding === 'written' && (
              <p className="hint">The server has a record of it too.</p>
            )}
            {serverBinding === 'missing' && (
              <p className="hint">
                The server has no record of it, so it writes nothing to pull requests itself. A
                workspace administrator sees why under Health.
              </p>
            )}
          </>
        ) : (
          <>
            <Lozenge tone="warning" word="Unbinding" icon="clock" />
            <p className="hint">Interrupted. Unbind to finish, or bind the project again.</p>
          </>
        )}
      </td>
      <td>
        <Button label={`Unbind ${projectName}`} onClick={onUnbind}>
          Unbind
        </Button>
      </td>
    </tr>
  );
}
