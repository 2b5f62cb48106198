import type { LimitView } from '@contracts/health';
import { useContext } from 'react';
import { call } from '../../../../shared/bridge/call';
import type { IconName } from '../../../../shared/components/icon';
import { Lozenge, type Tone } from '../../../../shared/components/lozenge';
import { FailureNotice } from '../../failure-notice';
import { FormatsContext } from '../../formats-context';
import { useLoaded } from '../../use-loaded';

const looks: Readonly<Record<LimitView['state'], readonly [string, Tone, IconName]>> = {
  free: ['Free', 'success', 'check'],
  backgroundWaits: ['Background waits', 'information', 'clock'],
  spent: ['Used up', 'warning', 'warning'],
  closed: ['Paused', 'warning', 'prohibited'],
};

/** How many calls Gatehouse made on each side, and whether it holds back. */
export function Limits() {
  const formats = useContext(FormatsContext);
  const { value, failure, reload } = useLoaded('limits', () => call('health.limits', {}));
  return (
    <section className="stack" aria-labelledby="limits-heading">
      <h3 id="limits-heading">Calls of the last hour</h3>
      {failure && <FailureNotice failure={failure} onRetry={reload} />}
      {value && (
        <ul className="items">
          {value.limits.map(({ name, calls, limit, state, until, message }) => {
            const [word, tone, icon] = looks[state];
            return (
              <li key={name}>
                <p className="row start">
                  <span className="strong">{name}</span>
                  <Lozenge tone={tone} word={word} icon={icon} />
                  <span>
                    {formats.count(calls)} of {formats.count(limit)}
                  </span>
                </p>
                {state !== 'free' && (
                  <p className="hint">
                    {message}
                    {until !== undefined && ` The next call is tried ${formats.dateTime(until)}.`}
                  </p>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
