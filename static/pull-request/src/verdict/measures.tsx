import type { ProjectVerdict } from '@contracts/verdict';
import { useFormats } from '../environment';
import { texts } from '../texts';

interface MeasureProps {
  readonly label: string;
  readonly hint?: string;
  readonly text: string | undefined;
}

function Measure({ label, hint, text }: MeasureProps) {
  return (
    <div className="measure">
      <dt>
        {label} {hint && <span className="hint">{hint}</span>}
      </dt>
      <dd className={text === undefined ? 'missing' : ''}>{text ?? texts.noData}</dd>
    </div>
  );
}

/** The numbers beside the state. A measure that the server does not have says so: it is not 0. */
export function Measures({ project }: { readonly project: ProjectVerdict }) {
  const { count } = useFormats();
  const { measures } = project;
  if (Object.keys(measures).length === 0) return <p className="hint">{texts.noMeasures}</p>;
  const shown = (value: number | undefined) => (value === undefined ? undefined : count(value));
  const newIssues = shown(measures.newIssues);
  return (
    <dl className="measures">
      <Measure
        label={texts.newIssues}
        text={newIssues && project.issueCountCapped ? `${newIssues}+` : newIssues}
      />
      <Measure label={texts.hotspots} text={shown(measures.newHotspots)} />
      <Measure label={texts.coverage} hint={texts.onNewCode} text={measures.newCoverage?.text} />
      <Measure
        label={texts.duplication}
        hint={texts.onNewCode}
        text={measures.newDuplication?.text}
      />
    </dl>
  );
}
