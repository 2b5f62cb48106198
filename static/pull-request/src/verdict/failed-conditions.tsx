import type { Condition } from '@contracts/verdict';
import { Icon } from '../../../shared/components/icon';
import { useFormats } from '../environment';
import { texts } from '../texts';

/** What keeps the gate from passing, in as little room as the card has. */
export function FailedConditions({ conditions }: { readonly conditions: readonly Condition[] }) {
  const { count } = useFormats();
  const failed = conditions.filter(({ status }) => status === 'failed');
  if (failed.length === 0) return null;
  return (
    <div>
      <p className="label">{texts.failedConditions(failed.length, count(failed.length))}</p>
      <ul className="plain">
        {failed.map((condition) => (
          <li className="failed-condition" key={condition.metricKey}>
            <Icon name="cross" />
            <span>
              {condition.label}: <strong>{condition.actualText}</strong>
              <span className="hint">
                {' '}
                {texts.needs(condition.requirement, condition.thresholdText)}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
