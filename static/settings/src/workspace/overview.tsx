import type { FirstRunStep } from '@contracts/workspace';
import { Lozenge } from '../../../shared/components/lozenge';
import { Button } from '../button';
import type { TabId, WorkspaceSectionProps } from './section-props';

interface StepText {
  readonly title: string;
  readonly how: string;
  readonly tab?: TabId;
  readonly action?: string;
}

const texts: Readonly<Record<FirstRunStep['step'], StepText>> = {
  connect: {
    title: 'Connect an analysis server',
    how: 'SonarQube Cloud or a SonarQube Server, with a token of yours.',
    tab: 'connections',
    action: 'Add a connection',
  },
  check: {
    title: 'Check the connection',
    how: 'The test says what is wrong and what to do about it.',
    tab: 'connections',
    action: 'Go to the connections',
  },
  import: {
    title: 'Bind repositories',
    how: 'Import many at once, or choose the project of one repository in its settings, under Quality gate.',
    tab: 'import',
    action: 'Import repositories',
  },
  gate: {
    title: 'See a quality gate',
    how: 'Open a pull request of a bound repository: its gate is read then.',
  },
  verify: {
    title: 'See a verdict for a commit',
    how: 'Run the analysis in the pipeline of a pull request; the verdict names the commit that it holds for.',
  },
};

/** What is set up, what comes next, and what the app may do. */
export function Overview({ overview, onGoTo }: WorkspaceSectionProps) {
  const { steps, scopes, connections, boundProjects, openFindings } = overview;
  const next = steps.find(({ isDone }) => !isDone);
  const count = ({ count: number, isMore }: { count: number; isMore: boolean }) =>
    `${number}${isMore ? ' or more' : ''}`;
  return (
    <div className="stack">
      {next && (
        <section className="section" aria-labelledby="steps-heading">
          <h2 id="steps-heading">First steps</h2>
          <ol className="stack">
            {steps.map(({ step, isDone }) => {
              const { title, how, tab, action } = texts[step];
              return (
                <li key={step} aria-current={step === next.step ? 'step' : undefined}>
                  <p className="row start">
                    <span className="strong">{title}</span>
                    {isDone ? (
                      <Lozenge tone="success" word="Done" icon="check" />
                    ) : (
                      <Lozenge
                        tone={step === next.step ? 'information' : 'neutral'}
                        word={step === next.step ? 'Next' : 'Open'}
                        icon={step === next.step ? 'clock' : 'dash'}
                      />
                    )}
                  </p>
                  {!isDone && <p className="hint">{how}</p>}
                  {step === next.step && tab && action && (
                    <Button look="primary" onClick={() => onGoTo(tab)}>
                      {action}
                    </Button>
                  )}
                </li>
              );
            })}
          </ol>
        </section>
      )}
      <section className="section" aria-labelledby="numbers-heading">
        <h2 id="numbers-heading">What is set up</h2>
        <dl className="facts">
          {(
            [
              ['Connections', String(connections.length)],
              ['Bound projects', count(boundProjects)],
              ['Open findings', count(openFindings)],
            ] as const
          ).map(([term, text]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section className="section" aria-labelledby="scopes-heading">
        <h2 id="scopes-heading">What the app may do</h2>
        <ul className="stack">
          {scopes.map(({ scope, reason }) => (
            <li key={scope}>
              {reason} <code>{scope}</code>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
