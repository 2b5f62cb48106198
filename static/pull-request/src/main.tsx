import { createRoot } from 'react-dom/client';
import { CallFailure } from '../../shared/bridge/call';
import { view } from '../../shared/bridge/forge-bridge';
import { parsePageContext } from '../../shared/bridge/page-context';
import { createFormats } from '../../shared/format/formats';
import { Failure } from './failure';
import { PageBoundary } from './page-boundary';
import { PullRequestPage } from './pull-request-page';
import 'virtual:tokens.css';
import './styles/page.css';
import './styles/parts.css';
import './styles/verdict.css';

async function start(page: HTMLElement): Promise<void> {
  const root = document.documentElement;
  // Not awaited: the page has values for both modes and only waits for the attribute. Where the product does not
  // theme its frames, the mode of the context is all there is.
  view.theme.enable().catch(() => undefined);
  const context = parsePageContext(await view.getContext().catch(() => undefined));

  const { claim, colorMode, module } = context;
  const formats = createFormats(context.locale, context.timeZone);
  root.lang = formats.language;
  if (colorMode !== undefined) root.dataset['colorMode'] ??= colorMode;
  createRoot(page).render(
    <PageBoundary>
      {claim ? (
        <PullRequestPage claim={claim} module={module} formats={formats} />
      ) : (
        <Failure
          failure={new CallFailure('INVALID_INPUT')}
          isViewShown={false}
          onRetry={() => location.reload()}
        />
      )}
    </PageBoundary>,
  );
}

const page = document.getElementById('page');
if (page) void start(page);
