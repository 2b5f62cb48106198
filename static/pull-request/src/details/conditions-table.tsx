import type { Condition, ProjectVerdict } from '@contracts/verdict';
import type { IconName } from '../../../shared/components/icon';
import { Lozenge, type Tone } from '../../../shared/components/lozenge';
import { Notice } from '../../../shared/components/notice';
import { conditionWords, noConditions, detailTexts } from './texts';

const looks: Readonly<Record<Condition['status'], readonly [IconName, Tone]>> = {
  failed: ['cross', 'danger'],
  passed: ['check', 'success'],
  notEnforced: ['dash', 'neutral'],
};
const order = Object.keys(looks);

/** Every condition that the gate checked, the failed ones first, otherwise in the server's order. */
export function ConditionsTable({ project }: { readonly project: ProjectVerdict }) {
  const conditions = [...project.conditions].sort(
    (one, other) => order.indexOf(one.status) - order.indexOf(other.status),
  );
  return (
    <section className="stack">
      <h3>{detailTexts.conditions}</h3>
      {conditions.length === 0 ? (
        <p className="hint">{noConditions[project.state]}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{detailTexts.metric}</th>
              <th scope="col">{detailTexts.value}</th>
              <th scope="col">{detailTexts.required}</th>
              <th scope="col">{detailTexts.status}</th>
            </tr>
          </thead>
          <tbody>
            {conditions.map((condition) => {
              const [icon, tone] = looks[condition.status];
              return (
                <tr key={condition.metricKey}>
                  <th scope="row">{condition.label}</th>
                  <td>{condition.actualText}</td>
                  <td>
                    {condition.requirement} {condition.thresholdText}
                  </td>
                  <td>
                    <Lozenge icon={icon} tone={tone} word={conditionWords[condition.status]} />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {project.smallChange && (
        <Notice tone="information">
          <p>{detailTexts.smallChange}</p>
        </Notice>
      )}
    </section>
  );
}
