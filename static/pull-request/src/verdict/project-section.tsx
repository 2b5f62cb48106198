import type { InputOf } from '@contracts/procedures';
import type { ProjectVerdict, PullRequestView } from '@contracts/verdict';
import type { Later } from '../use-later';
import { FailedConditions } from './failed-conditions';
import { Measures } from './measures';
import { NextStep } from './next-step';
import { ProjectProvenance } from './provenance';
import { StateLozenge } from './state-lozenge';

interface ProjectSectionProps {
  readonly claim: InputOf<'pullRequest.view'>;
  readonly isPanel: boolean;
  readonly later: Later | undefined;
  readonly project: ProjectVerdict;
  readonly view: PullRequestView;
}

/** One project's part of the page. With a single project the header has already told its state and reason. */
export function ProjectSection({ claim, isPanel, later, project, view }: ProjectSectionProps) {
  const isOneOfMany = view.projects.length > 1;
  return (
    <section className="stack project">
      {(isPanel || isOneOfMany) && (
        <div className="row">
          <h2>{project.projectName}</h2>
          {isOneOfMany && project.isConcerned && <StateLozenge state={project.state} />}
        </div>
      )}
      {(isOneOfMany || !project.isConcerned) && <p>{project.reason}</p>}
      {isOneOfMany && <NextStep text={project.nextStep} />}
      {!(isPanel && later) && <FailedConditions conditions={project.conditions} />}
      {later && <later.Analysis project={project} />}
      <Measures project={project} />
      {isPanel && later && (
        <later.Details claim={claim} project={project} sequence={view.sequence} />
      )}
      {later && project.dashboardUrl && <later.DashboardLink href={project.dashboardUrl} />}
      <ProjectProvenance project={project} headCommit={view.headCommit} />
    </section>
  );
}
