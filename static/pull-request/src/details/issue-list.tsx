import { useState } from 'react';
import type { InputOf } from '@contracts/procedures';
import type { Issue, ProjectVerdict } from '@contracts/verdict';
import { useFormats } from '../environment';
import { everything, filterIssues, isFiltering } from './filter-issues';
import { IssueFilters } from './issue-filters';
import { IssueItem } from './issue-item';
import { detailTexts } from './texts';
import { useAllIssues } from './use-all-issues';
import { useOwnAuthors } from './use-own-authors';

const firstCount = 10;
/** So many are seen at one look and need no filter. */
const fewIssues = 2;

interface IssueListProps {
  readonly claim: InputOf<'pullRequest.view'>;
  readonly project: ProjectVerdict;
  readonly sequence: number;
}

/** The new issues, worst first as the server's answer has them; the whole list comes on demand. */
export function IssueList({ claim, project, sequence }: IssueListProps) {
  const { count } = useFormats();
  const [isUnfolded, setIsUnfolded] = useState(false);
  const [filter, setFilter] = useState(everything);
  // A filter is about all issues, so they are all read for it.
  const isOpen = isUnfolded || isFiltering(filter);
  const total = project.issueCount;
  const all = useAllIssues(
    claim,
    project.projectKey,
    sequence,
    isOpen && total > project.issues.length,
  );

  const known = typeof all === 'string' ? project.issues : all.issues;
  const own = useOwnAuthors(claim, filter.isMine);
  const matching = filterIssues(known, filter, typeof own === 'object' ? own : undefined);
  const listed = isOpen ? matching : project.issues.slice(0, firstCount);
  const isMore = total > Math.min(project.issues.length, firstCount);
  const shownTotal = `${count(total)}${project.issueCountCapped ? '+' : ''}`;

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
      {total > fewIssues && (
        <IssueFilters id={`issues-${project.projectKey}`} filter={filter} onFilter={setFilter} />
      )}
      {listed.length > firstCount ? (
        <div
          className="scroller"
          role="region"
          aria-label={detailTexts.allIssues(project.projectName)}
          // A region that scrolls must be reachable by keyboard.
          tabIndex={0}
        >
          <Issues issues={listed} />
        </div>
      ) : (
        <Issues issues={listed} />
      )}
      {isFiltering(filter) && (
        <p className="hint" role="status">
          {own === 'loading' && detailTexts.findingOwn}
          {own === 'failed' && filter.isMine && detailTexts.ownFailed}{' '}
          {detailTexts.matching(count(matching.length), count(known.length))}
        </p>
      )}
      {isMore && (
        <div className="row start">
          <button
            type="button"
            className="button"
            aria-expanded={isOpen}
            onClick={() => {
              setIsUnfolded(!isOpen);
              if (isOpen) setFilter(everything);
            }}
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

/** Those in the change first; a reader of the diff does not find the others there. */
function Issues({ issues }: { readonly issues: readonly Issue[] }) {
  const outside = issues.filter(({ isOutside }) => isOutside);
  const inside = issues.filter(({ isOutside }) => !isOutside);
  return (
    <>
      {inside.length > 0 && (
        <ul className="plain">
          {inside.map((issue) => (
            <IssueItem key={issue.key} issue={issue} />
          ))}
        </ul>
      )}
      {outside.length > 0 && (
        <>
          <h4>{detailTexts.outside}</h4>
          <ul className="plain">
            {outside.map((issue) => (
              <IssueItem key={issue.key} issue={issue} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}
