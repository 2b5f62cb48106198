import type { CardMetric, RepositoryCardView } from '@contracts/repository-card';
import { useState } from 'react';
import { call } from '../../../shared/bridge/call';
import { cardTexts } from './card-texts';

/** As in the contract, which is not loaded here. */
const mostMetrics = 6;

interface ChooseMetricsProps {
  readonly view: RepositoryCardView;
  readonly repositoryUuid: string;
  readonly onChosen: () => void;
}

/** Which measures the viewer wants to see, kept for them alone. */
export function ChooseMetrics({ view, repositoryUuid, onChosen }: ChooseMetricsProps) {
  const [isOpen, setIsOpen] = useState(false);
  const [chosen, setChosen] = useState<readonly CardMetric[]>(view.chosen);
  const [state, setState] = useState<'idle' | 'saving' | 'failed'>('idle');

  function save(): void {
    setState('saving');
    call('repositoryCard.chooseMetrics', { repositoryUuid, metrics: [...chosen] }).then(
      () => {
        setState('idle');
        setIsOpen(false);
        onChosen();
      },
      () => setState('failed'),
    );
  }

  const toggle = (metric: CardMetric, isWanted: boolean) =>
    setChosen(isWanted ? [...chosen, metric] : chosen.filter((each) => each !== metric));
  const isFull = chosen.length >= mostMetrics;
  return (
    <>
      <div className="row start">
        <button
          type="button"
          className="button"
          aria-expanded={isOpen}
          onClick={() => {
            setChosen(view.chosen);
            setIsOpen(!isOpen);
          }}
        >
          {cardTexts.choose}
        </button>
      </div>
      {isOpen && (
        <fieldset>
          <legend className="hint">{cardTexts.upTo(mostMetrics)}</legend>
          {view.offered.map(({ metric, label }) => (
            <label key={metric} className="option">
              <input
                type="checkbox"
                checked={chosen.includes(metric)}
                disabled={isFull && !chosen.includes(metric)}
                onChange={(event) => toggle(metric, event.currentTarget.checked)}
              />{' '}
              {label}
            </label>
          ))}
          {state === 'failed' && <p role="alert">{cardTexts.saveFailed}</p>}
          <p>
            <button
              type="button"
              className="button primary"
              aria-disabled={state === 'saving' || chosen.length === 0}
              onClick={state === 'saving' || chosen.length === 0 ? undefined : save}
            >
              {cardTexts.save}
            </button>{' '}
            <button type="button" className="button" onClick={() => setIsOpen(false)}>
              {cardTexts.cancel}
            </button>
          </p>
        </fieldset>
      )}
    </>
  );
}
