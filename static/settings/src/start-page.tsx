import { createRoot, type Root } from 'react-dom/client';
import { CallFailure } from '../../shared/bridge/call';
import { view } from '../../shared/bridge/forge-bridge';
import { parsePageContext } from '../../shared/bridge/page-context';
import { createFormats } from '../../shared/format/formats';
import { FailureNotice } from './failure-notice';
import { FormatsContext } from './formats-context';
import { PlaceContext, toPlace } from './place-context';
import { PageBoundary } from './page-boundary';
import { RepositoryPage } from './repository/repository-page';
import { WorkspacePage } from './workspace/workspace-page';

/** Draws the page into its element and answers with the root, once the platform has said what page it is. */
export async function startPage(page: HTMLElement): Promise<Root> {
  const root = document.documentElement;
  // Not awaited: the page has values for both modes and only waits for the attribute.
  view.theme.enable().catch(() => undefined);
  const context = parsePageContext(await view.getContext().catch(() => undefined));

  const { isWorkspacePage, repositoryUuid, colorMode } = context;
  const formats = createFormats(context.locale, context.timeZone);
  root.lang = formats.language;
  if (colorMode !== undefined) root.dataset['colorMode'] ??= colorMode;
  const drawing = createRoot(page);
  drawing.render(
    <FormatsContext.Provider value={formats}>
      <PlaceContext.Provider value={toPlace(context.location, isWorkspacePage)}>
        <PageBoundary>
          {isWorkspacePage ? (
            <WorkspacePage />
          ) : repositoryUuid === undefined ? (
            <FailureNotice
              failure={new CallFailure('INVALID_INPUT')}
              onRetry={() => location.reload()}
            />
          ) : (
            <RepositoryPage repositoryUuid={repositoryUuid} />
          )}
        </PageBoundary>
      </PlaceContext.Provider>
    </FormatsContext.Provider>,
  );
  return drawing;
}
