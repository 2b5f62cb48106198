import type { ImportUsage } from '@contracts/imports';
import { useContext } from 'react';
import { Notice } from '../../../../shared/components/notice';
import { FormatsContext } from '../../formats-context';

/** The plan of the server before and after the import; what is not reported says so, and is never 0. */
export function ProjectedUsage({ usage }: { readonly usage: ImportUsage }) {
  const formats = useContext(FormatsContext);
  const { plan, lines, limit, addedLines, projectedLines, unknownSizes, isOverLimit } = usage;
  const count = (number: number | undefined) =>
    number === undefined ? 'not reported' : formats.count(number);
  const about = (number: number | undefined) =>
    number === undefined ? 'not reported' : `about ${formats.count(number)}`;
  const facts = [
    ['Plan', plan ?? 'not reported'],
    ['Lines of code used', count(lines)],
    ['Limit', count(limit)],
    ['Lines that the import adds', about(addedLines)],
    ['Lines of code afterwards', about(projectedLines)],
  ] as const;
  return (
    <>
      <dl className="facts">
        {facts.map(([term, text]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <p className="hint">
        What is added is estimated from the sizes of the repositories, rather too high than too low;
        the server counts what is analysed.
        {unknownSizes > 0 &&
          ` ${formats.count(unknownSizes)} of unknown size are not in the estimate.`}
      </p>
      {usage.problem !== undefined && <p className="problem">{usage.problem}</p>}
      {isOverLimit && (
        <Notice tone="warning" title="The limit of the plan would be passed">
          <p>
            Analyses of code beyond the limit fail on the server, also those of projects that work
            today. Import fewer repositories, or ask for a larger plan first.
          </p>
        </Notice>
      )}
    </>
  );
}
