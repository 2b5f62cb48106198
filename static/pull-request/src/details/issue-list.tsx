import { useState } from 'react';
import type { InputOf } from '@contracts/procedures';
import type { Issue, IssueSeverity, ProjectVerdict } from '@contracts/verdict';
import { Lozenge, type Tone } from '../../../shared/components/lozenge';
import { useFormats } from '../environment';
import { kindWords, severityWords, detailTexts } from './texts';
import { useAllIssues } from './use-all-issues';

const firstCount = 10;

const tones: Readonly<Record<IssueSeverity, Tone>> = {
  blocker: 'danger',
  high: 'danger',
  medium: 'warning',
  low: 'information',
  info: 'neutral',
};

function IssueItem({ issue }: { readonly issue: Issue }) {
  const { path, line } = issue;
  return (
    <li className="issue">
      <Lozenge tone={tones[issue.severity]} word={severityWords[issue.severity]} />
      <div>
        <p>{issue.message}</p>
        <p className="hint facts">
          {path && <code>{line === undefined ? path : `${path}:${line}`}</code>}
          <span>{kindWords[issue.kind]}</span>
          <span>{issue.rule}</span>
        </p>
      </div>
    </li>
  );
}

interface IssueListProps {
  readonly claim: InputOf<'pullRequest.view'>;
  readonly project: ProjectVerdict;
  readonly sequence: number;
}

/** The new issues, worst first as the server's answer has them; the whole list comes on demand. */
export function IssueList({ claim, project, sequence }: IssueListProps) {
  const { count } = useFormats();
  const [isOpen, setIsOpen] = useState(false);
  const total = project.issueCount;
  const all = useAllIssues(
    claim,
    project.projectKey,
    sequence,
    isOpen && total > project.issues.length,
  );

  const known = typeof all === 'string' ? project.issues : all.issues;
  const listed = isOpen ? known : project.issues.slice(0, firstCount);
  const isMore = total > Math.min(project.issues.length, firstCount);
  const shownTotal = `${count(total)}${project.issueCountCapped ? '+' : ''}`;
  const items = listed.map((issue) => <IssueItem key={issue.key} issue={issue} />);

  return (
    <section className="stack">
      <h3>
        {detailTexts.issues} {total > 0 && <span className="count">{shownTotal}</span>}
      </h3>
      {total === 0 && (
        <p className="hint">
          {project.analysedAt ? detailTexts.noIssues : detailTexts.noIssueData}
        </p>
      )}
      {listed.length > firstCount ? (
        <div
          className="scroller"
          role="region"
          aria-label={detailTexts.allIssues(project.projectName)}
          // A region that scrolls must be reachable by keyboard.
          tabIndex={0}
        >
          <ul className="plain">{items}</ul>
        </div>
      ) : (
        <ul className="plain">{items}</ul>
      )}
      {isMore && (
        <div className="row start">
          <button
            type="button"
            className="button"
            aria-expanded={isOpen}
            onClick={() => setIsOpen(!isOpen)}
          >
            {isOpen ? detailTexts.showFewer : detailTexts.showAll(shownTotal)}
          </button>
          <span className="hint" role="status">
            {isOpen && all === 'loading' && detailTexts.loadingIssues}
            {isOpen && all === 'failed' && detailTexts.issuesFailed}
            {isOpen &&
              typeof all === 'object' &&
              all.issues.length < total &&
              detailTexts.partOfIssues(count(all.issues.length), shownTotal)}
          </span>
        </div>
      )}
    </section>
  );
}
