import { createRoot, type Root } from 'react-dom/client';
import { CallFailure } from '../../shared/bridge/call';
import { view } from '../../shared/bridge/forge-bridge';
import { parsePageContext } from '../../shared/bridge/page-context';
import { createFormats } from '../../shared/format/formats';
import { Failure } from './failure';
import { PageBoundary } from './page-boundary';
import { CardLater } from './repository-card/card-later';
import { PullRequestPage } from './pull-request-page';

/** Draws the page into its element and answers with the root, once the platform has said what page it is. */
export async function startPage(page: HTMLElement): Promise<Root> {
  const root = document.documentElement;
  // Not awaited: the page has values for both modes and only waits for the attribute. Where the product does not
  // theme its frames, the mode of the context is all there is.
  view.theme.enable().catch(() => undefined);
  const context = parsePageContext(await view.getContext().catch(() => undefined));

  const { claim, colorMode, module, pullRequestUrl } = context;
  const formats = createFormats(context.locale, context.timeZone);
  root.lang = formats.language;
  if (colorMode !== undefined) root.dataset['colorMode'] ??= colorMode;
  const drawing = createRoot(page);
  drawing.render(
    <PageBoundary>
      {claim ? (
        <PullRequestPage
          claim={claim}
          module={module}
          formats={formats}
          pullRequestUrl={pullRequestUrl}
        />
      ) : module === 'repositoryCard' && context.repositoryUuid !== undefined ? (
        <CardLater repositoryUuid={context.repositoryUuid} formats={formats} />
      ) : (
        <Failure
          failure={new CallFailure('INVALID_INPUT')}
          isViewShown={false}
          onRetry={() => location.reload()}
        />
      )}
    </PageBoundary>,
  );
  return drawing;
}
