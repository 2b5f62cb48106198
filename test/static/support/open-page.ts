import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorBody } from '../../../src/contracts/errors';
import type { OutputOf } from '../../../src/contracts/procedures';
import type { PullRequestView } from '../../../src/contracts/verdict';
import { startPage } from '../../../static/pull-request/src/start-page';
import { bridge } from './bridge-stand-in';

export const repositoryUuid = '{6f1f5c1e-0d3a-4f0e-9c1d-2b7a8f4e5d6c}';

export type PageModule = 'card' | 'panel';

/** Answers per procedure: a value, an error, or a function of the payload. */
export interface Answers {
  view: PullRequestView | ErrorBody | (() => unknown);
  refresh?: () => OutputOf<'pullRequest.refresh'> | ErrorBody;
  doctor?: () => OutputOf<'pullRequest.doctor'> | ErrorBody;
  mine?: () => OutputOf<'pullRequest.mine'> | ErrorBody;
  issues?: () => OutputOf<'pullRequest.issues'> | ErrorBody;
}

/** The function's reply: an object with a code is an error. */
export function reply(answer: unknown): unknown {
  return typeof answer === 'object' && answer !== null && 'code' in answer
    ? { ok: false, error: answer }
    : { ok: true, data: answer };
}

function answerInvoke(answers: Answers, payload: unknown): unknown {
  const { functionKey } = payload as { readonly functionKey: string };
  const { view, refresh, issues, doctor, mine } = answers;
  if (functionKey === 'pullRequest.view') return typeof view === 'function' ? view() : reply(view);
  if (functionKey === 'pullRequest.refresh' && refresh) return reply(refresh());
  if (functionKey === 'pullRequest.doctor' && doctor) return reply(doctor());
  if (functionKey === 'pullRequest.mine' && mine) return reply(mine());
  if (functionKey === 'pullRequest.issues' && issues) return reply(issues());
  throw new Error(`No answer for "${functionKey}".`);
}

const open: (() => void)[] = [];

/** Loads a resource's index.html as the platform would and starts its page in it, over the real bridge package. */
export async function loadPage(
  resource: 'pull-request' | 'settings',
  start: (page: HTMLElement) => Promise<{ unmount(): void }>,
): Promise<HTMLElement> {
  const html = readFileSync(join(process.cwd(), 'static', resource, 'index.html'), 'utf8');
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  document.title = parsed.title;
  document.body.innerHTML = parsed.body.innerHTML;
  const page = document.getElementById('page');
  if (!page) throw new Error('index.html has no element "page".');
  const root = await start(page);
  open.push(() => root.unmount());
  return page;
}

/** Opens the card or the panel of a pull request. */
export function openPage(
  module: PageModule,
  answers: Answers,
  context: Readonly<Record<string, unknown>> = {},
): Promise<HTMLElement> {
  bridge.on('getContext', () => ({
    moduleKey: `pull-request-${module}`,
    locale: 'en-US',
    timezone: 'Europe/Berlin',
    extension: { repository: { uuid: repositoryUuid }, pullRequest: { id: 7 } },
    ...context,
  }));
  bridge.on('invoke', (payload) => answerInvoke(answers, payload));
  return loadPage('pull-request', startPage);
}

/** Ends every page, so that no timer of one test runs into the next. */
export function closePages(): void {
  for (const close of open.splice(0)) close();
}

/** Procedures that the page called, in order. */
export function invoked(): string[] {
  return bridge
    .calls('invoke')
    .map(({ payload }) => (payload as { readonly functionKey: string }).functionKey);
}

const lineElements = 'a, button, dd, dt, h2, h3, li > span, p, td, th';

/** The words of an element, a line for each paragraph, cell or control: what a person reads, without its markup. */
export function wordsOf(element: Element): string {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const lines: { readonly owner: Element; text: string }[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const owner = node.parentElement?.closest(lineElements) ?? node.parentElement ?? element;
    const last = lines.at(-1);
    if (last?.owner === owner) last.text += node.textContent ?? '';
    else lines.push({ owner, text: node.textContent ?? '' });
  }
  return lines
    .map(({ text }) => text.trim())
    .filter(Boolean)
    .join('\n');
}
