import type { CardProject, RepositoryCardView } from '@contracts/repository-card';
import { useEffect, useRef, useState } from 'react';
import { call, CallFailure } from '../../../shared/bridge/call';
import { ExternalLink } from '../../../shared/components/external-link';
import { Lozenge } from '../../../shared/components/lozenge';
import { Age, EnvironmentContext } from '../environment';
import { Failure } from '../failure';
import { BindHere } from './bind-here';
import type { RepositoryCardProps } from './card-later';
import { branchLooks, cardTexts } from './card-texts';
import { ChooseMetrics } from './choose-metrics';

interface Shown {
  readonly view?: RepositoryCardView | undefined;
  readonly failure?: CallFailure | undefined;
  readonly receivedAtMs: number;
}

/** The main branch of a repository: the gate of each project, and the measures that the viewer chose. */
export function RepositoryCard({ repositoryUuid, formats }: RepositoryCardProps) {
  const [{ view, failure, receivedAtMs }, setShown] = useState<Shown>({ receivedAtMs: 0 });
  const asked = useRef(0);

  function load(): void {
    asked.current += 1;
    const question = asked.current;
    const show = (next: Partial<Shown>) => {
      if (question !== asked.current) return;
      setShown((before) => ({ view: before.view, receivedAtMs: performance.now(), ...next }));
    };
    call('repositoryCard.view', { repositoryUuid }).then(
      (answer) => show({ view: answer }),
      (error: unknown) =>
        show({ failure: error instanceof CallFailure ? error : new CallFailure('UNEXPECTED') }),
    );
  }
  useEffect(() => {
    load();
    return () => {
      asked.current += 1;
    };
  }, []);

  const nowMs = () => Date.parse(view?.now ?? '') + performance.now() - receivedAtMs;
  return (
    <EnvironmentContext.Provider value={{ formats, nowMs }}>
      {failure && <Failure failure={failure} isViewShown={view !== undefined} onRetry={load} />}
      {view?.projects.length === 0 && (
        <Unbound repositoryUuid={repositoryUuid} canBind={view.canBind} onBound={load} />
      )}
      {view?.projects.map((project) => (
        <Project key={project.projectKey} project={project} isOnly={view.projects.length === 1} />
      ))}
      {view && view.projects.length > 0 && (
        <>
          <p className="hint">
            {view.branch !== undefined && <>{cardTexts.branch(view.branch)} </>}
            {view.checkedAt !== undefined && (
              <>
                {cardTexts.checked} <Age at={view.checkedAt} />.
              </>
            )}
          </p>
          <ChooseMetrics view={view} repositoryUuid={repositoryUuid} onChosen={load} />
        </>
      )}
    </EnvironmentContext.Provider>
  );
}

function Unbound(props: {
  readonly repositoryUuid: string;
  readonly canBind: boolean;
  readonly onBound: () => void;
}) {
  return (
    <>
      <p>
        <Lozenge tone="neutral" word={cardTexts.unbound} icon="unlinked" />
      </p>
      <p>{props.canBind ? cardTexts.bindHere : cardTexts.askAdministrator}</p>
      {props.canBind && <BindHere {...props} />}
    </>
  );
}

function Project({ project, isOnly }: { readonly project: CardProject; readonly isOnly: boolean }) {
  const { state, projectName, reason, failed, measures, analysedAt, dashboardUrl } = project;
  const { word, tone, icon } = branchLooks[state];
  return (
    <section className="stack" aria-label={projectName}>
      {!isOnly && <h2>{projectName}</h2>}
      <p className="header">
        <Lozenge tone={tone} word={word} icon={icon} />
      </p>
      <p>{reason}</p>
      {failed.length > 0 && (
        <ul>
          {failed.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      <dl className="measures">
        {measures.map(({ metric, label, text }) => (
          <div key={metric} className="measure">
            <dt>{label}</dt>
            <dd className={text === undefined ? 'missing' : ''}>
              {text ?? (
                <>
                  <span aria-hidden="true">–</span>
                  <span className="hidden">{cardTexts.noValue}</span>
                </>
              )}
            </dd>
          </div>
        ))}
      </dl>
      <p className="hint">
        {analysedAt === undefined ? (
          cardTexts.notAnalysed
        ) : (
          <>
            {cardTexts.analysed} <Age at={analysedAt} />.
          </>
        )}
      </p>
      {dashboardUrl !== undefined && (
        <ExternalLink href={dashboardUrl} hint={cardTexts.newTab}>
          {cardTexts.open}
        </ExternalLink>
      )}
    </section>
  );
}
