import { html } from 'hono/html';
import { icon } from './icons';
import { nothing, type Markup } from './markup';

/** A frame as the page writes it: where it loads from, and what its bridge is told. */
export interface FrameView {
  readonly title: string;
  readonly src: string;
  readonly iconUrl?: string;
  readonly description: {
    readonly frameId: string;
    readonly moduleKey: string;
    readonly context: Readonly<Record<string, unknown>>;
  };
}

/** What Forge lets a Custom UI frame do: the same list that its Content-Security-Policy carries. */
export const sandbox =
  'allow-popups allow-popups-to-escape-sandbox allow-downloads allow-forms allow-modals allow-pointer-lock allow-same-origin allow-scripts';
export const allow = 'camera; clipboard-write; display-capture; fullscreen; microphone';

function iframe(frame: FrameView): Markup {
  return html`<iframe
    title="${frame.title}"
    src="${frame.src}"
    sandbox="${sandbox}"
    allow="${allow}"
    data-frame="${JSON.stringify(frame.description)}"
  ></iframe>`;
}

/** A card in the right sidebar. */
export function cardFrame(frame: FrameView): Markup {
  const sign = frame.iconUrl
    ? html`<img class="icon" src="${frame.iconUrl}" width="16" height="16" alt="" />`
    : icon('app');
  return html`<section class="card" aria-label="${frame.title}">
    <h2 class="card-title">${sign}${frame.title}</h2>
    ${iframe(frame)}
  </section>`;
}

/** An expandable panel on an overview. */
export function panelFrame(frame: FrameView): Markup {
  return html`<details class="panel app-panel" open>
    <summary class="panel-header">
      ${icon('chevron')}
      <h2>${frame.title}</h2>
    </summary>
    ${iframe(frame)}
  </details>`;
}

/** An item of a menu that opens its frame in a dialog. */
export function actionItem({ title, src, description }: FrameView): Markup {
  return html`<button
    type="button"
    class="menu-item"
    data-action="${JSON.stringify({ title, src, sandbox, allow, description })}"
  >
    ${title}
  </button>`;
}

/** The whole content of a page. */
export function pageFrame(frame: FrameView): Markup {
  return html`<section class="app-page" aria-label="${frame.title}">${iframe(frame)}</section>`;
}

export function frames(list: readonly FrameView[], one: (frame: FrameView) => Markup): Markup {
  return list.length === 0 ? nothing : html`${list.map(one)}`;
}
