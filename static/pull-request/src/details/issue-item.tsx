import type { Issue, IssueSeverity } from '@contracts/verdict';
import { useContext } from 'react';
import { ExternalLink } from '../../../shared/components/external-link';
import { Lozenge, type Tone } from '../../../shared/components/lozenge';
import { EnvironmentContext } from '../environment';
import { detailTexts, kindWords, severityWords } from './texts';

const tones: Readonly<Record<IssueSeverity, Tone>> = {
  blocker: 'danger',
  high: 'danger',
  medium: 'warning',
  low: 'information',
  info: 'neutral',
};

/** One issue with its place; a place in the change leads to its line in Bitbucket's own diff. */
export function IssueItem({ issue }: { readonly issue: Issue }) {
  const { pullRequestUrl } = useContext(EnvironmentContext);
  const { path, line, isOutside } = issue;
  const place = path && (line === undefined ? path : `${path}:${line}`);
  const href =
    path === undefined || isOutside || pullRequestUrl === undefined
      ? undefined
      : toDiffLink(pullRequestUrl, path, line);
  return (
    <li className="issue">
      <Lozenge tone={tones[issue.severity]} word={severityWords[issue.severity]} />
      <div>
        <p>{issue.message}</p>
        <p className="hint facts">
          {place &&
            (href === undefined ? (
              <code>{place}</code>
            ) : (
              <ExternalLink href={href} hint={detailTexts.opensDiff}>
                <code>{place}</code>
              </ExternalLink>
            ))}
          <span>{kindWords[issue.kind]}</span>
          <span>{issue.rule}</span>
        </p>
      </div>
    </li>
  );
}

/** Bitbucket's own anchor of a line: `#L<path>T<line>`, T for the new side. */
function toDiffLink(pullRequestUrl: string, path: string, line: number | undefined): string {
  const anchor = `L${encodeURI(path)}${line === undefined ? '' : `T${line}`}`;
  return `${pullRequestUrl}/diff#${anchor}`;
}
