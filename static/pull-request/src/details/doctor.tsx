import { useEffect, useRef, useState } from 'react';
import type { InputOf, OutputOf } from '@contracts/procedures';
import type { DoctorCheck } from '@contracts/doctor';
import { call, CallFailure } from '../../../shared/bridge/call';
import type { IconName } from '../../../shared/components/icon';
import { Lozenge, type Tone } from '../../../shared/components/lozenge';
import { detailTexts, outcomeWords, stepWords } from './texts';

const looks: Readonly<Record<DoctorCheck['outcome'], readonly [IconName, Tone]>> = {
  ok: ['check', 'success'],
  problem: ['cross', 'danger'],
  warning: ['warning', 'warning'],
  notReached: ['dash', 'neutral'],
};

type Found = OutputOf<'pullRequest.doctor'>['traces'];

/** Looks for the first broken link between the pull request and its verdict when somebody asks why. */
export function Doctor({ claim }: { readonly claim: InputOf<'pullRequest.view'> }) {
  const [found, setFound] = useState<Found>();
  const [isLooking, setIsLooking] = useState(false);
  const [failure, setFailure] = useState('');
  const heading = useRef<HTMLHeadingElement>(null);
  // What was asked for is read from its beginning.
  useEffect(() => heading.current?.focus(), [found]);

  function look(): void {
    setIsLooking(true);
    setFailure('');
    call('pullRequest.doctor', claim)
      .then(
        ({ traces }) => setFound(traces),
        (error: unknown) =>
          setFailure(
            error instanceof CallFailure && error.message !== ''
              ? error.message
              : detailTexts.doctorFailed,
          ),
      )
      .finally(() => setIsLooking(false));
  }

  return (
    <section className="stack">
      <div className="row start">
        <button
          type="button"
          className="button"
          aria-disabled={isLooking}
          onClick={isLooking ? undefined : look}
        >
          {isLooking ? detailTexts.looking : found ? detailTexts.lookAgain : detailTexts.why}
        </button>
        <span className="hint" role="status">
          {failure}
        </span>
      </div>
      {found?.map(({ projectName, checks }, index) => (
        <div className="stack" key={projectName ?? index}>
          <h2 tabIndex={-1} ref={index === 0 ? heading : undefined}>
            {detailTexts.doctor(projectName)}
          </h2>
          <ol className="plain">
            {checks.map((check) => (
              <Check key={check.step} check={check} />
            ))}
          </ol>
        </div>
      ))}
    </section>
  );
}

function Check({ check }: { readonly check: DoctorCheck }) {
  const { step, outcome, message, nextStep } = check;
  const [icon, tone] = looks[outcome];
  return (
    <li className="issue">
      <Lozenge icon={icon} tone={tone} word={outcomeWords[outcome]} />
      <div>
        <p>
          <strong>{stepWords[step]}</strong> {outcome !== 'notReached' && <span>{message}</span>}
        </p>
        {nextStep && <p className="hint">{nextStep}</p>}
      </div>
    </li>
  );
}
