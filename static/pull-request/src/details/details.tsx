import type { InputOf } from '@contracts/procedures';
import type { ProjectVerdict } from '@contracts/verdict';
import { Notice } from '../../../shared/components/notice';
import { ConditionsTable } from './conditions-table';
import { IssueList } from './issue-list';
import { detailTexts } from './texts';

interface DetailsProps {
  readonly claim: InputOf<'pullRequest.view'>;
  readonly project: ProjectVerdict;
  readonly sequence: number;
}

/** The panel's long part of one project: every condition and the new issues. */
export function Details({ claim, project, sequence }: DetailsProps) {
  return (
    <>
      {project.commitSource === 'notReported' && (
        <Notice tone="information">
          <p>{detailTexts.notReported}</p>
        </Notice>
      )}
      <ConditionsTable project={project} />
      <IssueList claim={claim} project={project} sequence={sequence} />
    </>
  );
}
