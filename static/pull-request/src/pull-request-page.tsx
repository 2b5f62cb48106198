import type { PullRequestView } from '@contracts/verdict';
import type { PageContext } from '../../shared/bridge/page-context';
import type { Formats } from '../../shared/format/formats';
import { EnvironmentContext } from './environment';
import { Failure } from './failure';
import { useLiveView } from './live/use-live-view';
import { texts } from './texts';
import { useLater } from './use-later';
import { ProjectSection } from './verdict/project-section';
import { ViewProvenance } from './verdict/provenance';
import { VerdictHeader } from './verdict/verdict-header';

interface PullRequestPageProps {
  readonly claim: NonNullable<PageContext['claim']>;
  readonly module: PageContext['module'];
  readonly formats: Formats;
  readonly pullRequestUrl: string | undefined;
}

/** The card or the panel of one pull request. It draws nothing until the first answer, and the skeleton stands. */
export function PullRequestPage(props: PullRequestPageProps) {
  const { claim, module, formats, pullRequestUrl } = props;
  const [snapshot, live] = useLiveView(claim);
  const { view, receivedAtMs, failure } = snapshot;
  const loaded = useLater(view !== undefined);
  const later = loaded === 'failed' ? undefined : loaded;
  const serverNowMs = Date.parse(view?.now ?? '');
  const environment = {
    formats,
    pullRequestUrl,
    nowMs: () => serverNowMs + performance.now() - receivedAtMs,
  };

  if (view?.hides.some((hidden) => hidden === module)) return <p>{texts.switchedOff}</p>;
  return (
    <EnvironmentContext.Provider value={environment}>
      {later && <later.Announcer snapshot={snapshot} />}
      {failure && (
        <Failure failure={failure} isViewShown={view !== undefined} onRetry={() => live?.retry()} />
      )}
      {view && (
        <VerdictHeader view={view}>
          {later && live && <later.Toolbar snapshot={snapshot} live={live} />}
        </VerdictHeader>
      )}
      {view?.projects.map((project) => (
        <ProjectSection
          key={project.projectKey}
          claim={claim}
          isPanel={module === 'panel'}
          later={later}
          project={project}
          view={view}
        />
      ))}
      {view && later && asksWhy(module, view.state) && <later.Doctor claim={claim} />}
      {loaded === 'failed' && <p className="hint">{texts.partMissing}</p>}
      {view && <ViewProvenance view={view} />}
    </EnvironmentContext.Provider>
  );
}

/** A verdict on the newest commit needs no search for what is missing, unless it is what the person came for. */
function asksWhy(module: PageContext['module'], state: PullRequestView['state']): boolean {
  if (module === 'panel') return state !== 'passed' && state !== 'failed';
  return module === 'action';
}
